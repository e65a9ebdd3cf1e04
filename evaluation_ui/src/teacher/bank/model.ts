import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Question = Schemas["Question"];
export type QuestionSummary = Schemas["QuestionSummary"];
export type QuestionContent = Schemas["QuestionContent"];
export type MarkingScheme = Schemas["MarkingScheme"];
export type RowProblem = Schemas["RowProblem"];
export type QuestionType = Question["type"];
export type ClassLevel = Question["class_level"];
export type CourseLevel = Question["levels"][number];
export type CognitiveLevel = Question["cognitive_level"];
export type Difficulty = Question["difficulty"];
export type QuestionStatus = Question["status"];

export const TYPES: readonly QuestionType[] = ["MCQ", "ASSERTION_REASON", "VSA", "SA", "LA", "CASE_STUDY"];
export const CLASSES: readonly ClassLevel[] = ["X", "XII"];
export const LEVELS: readonly CourseLevel[] = ["standard", "basic"];
export const COGNITIVE: readonly CognitiveLevel[] = ["remember_understand", "apply", "analyse_evaluate_create"];
export const DIFFICULTIES: readonly Difficulty[] = ["easy", "medium", "hard"];
export const STATUSES: readonly QuestionStatus[] = ["draft", "in_review", "active", "archived"];
export const MARKS = ["1", "2", "3", "4", "5", "6"] as const;
export const CHOICE_LABELS = ["A", "B", "C", "D", "E", "F"] as const;
export const PART_LABELS = ["i", "ii", "iii", "iv", "v"] as const;

/** The choices of every assertion and reason question, fixed by the board and worded as its papers word them. */
export const FIXED_CHOICES = [
  { label: "A", text: "Both A and R are true and R is the correct explanation of A" },
  { label: "B", text: "Both A and R are true but R is not the correct explanation of A" },
  { label: "C", text: "A is true but R is false" },
  { label: "D", text: "A is false but R is true" },
];

/** The digest in the key of a figure, by which its bytes are asked for. */
export function digestOf(imageKey: string | null): string | null {
  return /^questions\/([^/]+)\.webp$/.exec(imageKey ?? "")?.[1] ?? null;
}

/** The header that makes a change count only for the version that was looked at. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}
