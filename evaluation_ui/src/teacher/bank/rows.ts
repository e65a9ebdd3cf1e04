import { marks } from "@/base/format";
import { t } from "@/base/texts";
import type { Row } from "./compare";
import type { MarkingScheme, Question, QuestionContent } from "./model";

type Compared = QuestionContent & Partial<Pick<Question, "image_key">>;

/** Everything of a question that a reader compares, each with its place and the words that name it. */
export function rowsOf(content: Compared): Row[] {
  const all = [...classification(content), ...statement(content), ...schemeRows("scheme", "", content.scheme), ...partRows(content.parts ?? [])];
  return all.filter((row) => row.text.trim() !== "");
}

function classification(content: Compared): Row[] {
  return [
    row("type", "", t(`bank.type.${content.type}`)),
    row("class_level", "", content.class_level),
    row("levels", "", (content.levels ?? []).map((level) => t(`bank.level.${level}`)).join(", ")),
    row("unit", "", content.unit),
    row("chapter", "", content.chapter),
    row("marks", "", String(content.marks)),
    row("cognitive_level", "", t(`bank.cognitive.${content.cognitive_level}`)),
    row("difficulty", "", t(`bank.difficulty.${content.difficulty}`)),
    row("tags", "", (content.tags ?? []).join(", ")),
  ];
}

function statement(content: Compared): Row[] {
  return [
    row("text", "", content.text),
    row("image_key", "", content.image_key ?? ""),
    row("assertion", "", content.assertion ?? ""),
    row("reason", "", content.reason ?? ""),
    ...(content.choices ?? []).map((choice, index) => row(`choices.${index}.text`, "", choice.text, t("bank.choice.n", { label: choice.label }))),
    row("correct_choices", "", (content.correct_choices ?? []).join(", ")),
    row("solution", "", content.solution),
  ];
}

function partRows(parts: Question["parts"]): Row[] {
  return parts.flatMap((part, index) => {
    const [place, name] = [`parts.${index}`, t("bank.part.n", { label: part.label })];
    const other = part.alternative;
    return [
      row(`${place}.marks`, name, String(part.marks)),
      ...answerable(place, name, part),
      ...(other ? answerable(`${place}.alternative`, `${name}, ${t("common.or")}`, other) : []),
    ];
  });
}

function answerable(place: string, name: string, given: { text: string; solution: string; scheme: MarkingScheme }): Row[] {
  return [row(`${place}.text`, name, given.text), row(`${place}.solution`, name, given.solution), ...schemeRows(`${place}.scheme`, name, given.scheme)];
}

function schemeRows(place: string, name: string, scheme: MarkingScheme | null): Row[] {
  if (scheme === null) return [];
  return [
    ...stepRows(`${place}.steps`, name, scheme.steps),
    ...(scheme.alternatives ?? []).flatMap((method, index) => [
      row(`${place}.alternatives.${index}.title`, name, method.title, t("bank.method.n", { n: index + 2 })),
      ...stepRows(`${place}.alternatives.${index}.steps`, [name, t("bank.method.n", { n: index + 2 })].filter(Boolean).join(", "), method.steps),
    ]),
    row(`${place}.follow_through`, name, scheme.follow_through ?? ""),
  ];
}

function stepRows(place: string, name: string, steps: MarkingScheme["steps"]): Row[] {
  return steps.map((step, index) => row(`${place}.${index}`, name, `[${marks(step.marks)}] ${step.text}`, t("bank.step.n", { n: index + 1 })));
}

function row(place: string, within: string, text: string, own?: string): Row {
  const label = own ?? t(`bank.field.${place.split(".").at(-1)}`);
  return { place, label: within ? `${within}: ${label}` : label, text };
}
