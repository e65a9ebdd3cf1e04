import { t } from "@/base/texts";
import type { Row } from "../bank/compare";
import type { Band, Group, Spec } from "./model";
import { patternsTyped } from "./draft";

/** Everything of a blueprint that a reader compares. */
export function rowsOf(spec: Spec): Row[] {
  const rows: Row[] = [
    { place: "title", label: t("templates.field.title"), text: spec.title },
    { place: "exam_type", label: t("templates.field.exam_type"), text: t(`templates.exam.${spec.exam_type}`) },
    { place: "class_level", label: t("templates.field.class_level"), text: [spec.class_level, spec.course_level].filter(Boolean).join(" ") },
    { place: "minutes", label: t("templates.field.minutes"), text: String(spec.minutes ?? "") },
    { place: "instructions", label: t("templates.field.instructions"), text: spec.instructions.join("\n") },
    ...spec.sections.map((section) => ({
      place: `sections.${section.section}`,
      label: t("templates.section.n", { letter: section.section }),
      text: section.groups.map(groupText).join("\n"),
    })),
    ...Object.entries(spec.unit_marks ?? {}).map(([unit, marks]) => ({ place: `unit_marks.${unit}`, label: unit, text: String(marks ?? "") })),
    ...bandRows("cognitive", spec.cognitive),
    ...bandRows("difficulty", spec.difficulty),
  ];
  return rows.filter((row) => row.text !== "");
}

/** One kind of question of a section in words: "5 × Very short answer of 2, 2 with OR". */
export function groupText(group: Group): string {
  const type = t(`templates.type.${group.type}`);
  const words = t("templates.group.words", { count: group.count ?? "?", type, marks: group.marks_each ?? "?" });
  const choices = group.choices ? `, ${t("templates.group.choices", { n: group.choices })}` : "";
  return `${words}${choices}${group.patterns ? ` (${patternsTyped(group.patterns)})` : ""}`;
}

function bandRows(field: "cognitive" | "difficulty", bands: Record<string, Band> | null): Row[] {
  return Object.entries(bands ?? {}).map(([level, band]) => ({
    place: `${field}.${level}`,
    label: t(`templates.${field}.${level}`),
    text: `${band.minimum ?? "?"}–${band.maximum ?? "?"}`,
  }));
}
