import { t } from "@/base/texts";
import type { Shortage, Supply } from "./model";

/** The letters of the sections that ask for what is missing. */
export function lettersOf(sections: string | readonly string[]): string[] {
  if (typeof sections !== "string") return [...sections];
  const quoted = [...sections.matchAll(/'([^']*)'/g)].map((found) => found[1] ?? "");
  return quoted.length > 0 ? quoted : [sections];
}

/** What is missing, in a sentence that can be acted on. */
export function shortageText(shortage: Shortage): string {
  const { needed, available } = shortage;
  return t("templates.shortage", {
    sections: lettersOf(shortage.sections).join(", "),
    kind: kindText(shortage),
    unit: shortage.unit === "any unit" ? t("templates.any-unit") : shortage.unit,
    levels: shortage.levels ? ` (${shortage.levels})` : "",
    needed,
    available,
    missing: needed - available,
  });
}

/** A kind of question: "Short answer of 3". */
export function kindText(kind: Pick<Shortage | Supply, "type" | "marks" | "pattern">): string {
  const words = t("templates.kind", { type: t(`templates.type.${kind.type}`), marks: kind.marks });
  return kind.pattern ? `${words} (${kind.pattern})` : words;
}
