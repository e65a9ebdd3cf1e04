import type { components } from "@/api/schema";
import type { Problem } from "@/base/problem";

export type Template = components["schemas"]["TemplateSummary"];
export type Plan = components["schemas"]["Plan"];
export type Quota = components["schemas"]["Quota"];

/** A template, and whether the plan has it: else which plans do. */
export interface Offer {
  template: Template;
  allowed: boolean;
  plans: string[];
}

export type Group = "board" | "section" | "unit";

/** The screen's three kinds, in its order. */
export const GROUPS: readonly Group[] = ["board", "section", "unit"];

/** Of which kind a template is. */
export function groupOf(template: Template): Group {
  if (template.exam_type === "board_exam") return "board";
  return template.exam_type === "unit_practice" ? "unit" : "section";
}

/** What a student may choose, and why not the rest. Without a plan nothing is allowed. */
export function offersOf(templates: Template[], plans: Plan[], mine: string | undefined): Offer[] {
  const plan = plans.find((each) => each.name === mine);
  return templates.map((template) => {
    const having = plans.filter((each) => each.exam_types.includes(template.exam_type));
    return { template, allowed: plan !== undefined && having.includes(plan), plans: having.map((each) => each.title) };
  });
}

/** What a refused draw says on the screen: a key of our texts with its values, or null for the general words. */
export function refusalOf(problem: Problem): { key: string; values: Record<string, string> } | null {
  const said = (name: string): string => String(problem.members[name] ?? "");
  if (problem.slug !== "quota-exceeded") return ["consent-missing", "no-subscription", "exam-already-active"].includes(problem.slug) ? { key: problem.slug, values: {} } : null;
  const next = problem.members.next_period_start;
  return { key: next ? "quota-exceeded" : "quota-exceeded-last", values: { used: said("used"), allowed: said("allowed"), next: said("next_period_start") } };
}
