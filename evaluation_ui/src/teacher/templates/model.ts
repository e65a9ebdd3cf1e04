import type { components } from "@/api/schema";
import type { ClassLevel, CognitiveLevel, CourseLevel, Difficulty, QuestionType } from "../bank/model";

export type Template = components["schemas"]["Template"];
export type TemplateSummary = components["schemas"]["TemplateSummary"];
export type Feasibility = components["schemas"]["Feasibility"];
export type Shortage = components["schemas"]["Shortage"];
export type Supply = components["schemas"]["Supply"];
export type ExamType = Template["exam_type"];

export const EXAM_TYPES: readonly ExamType[] = ["board_exam", "section_mcq", "section_vsa", "section_sa", "unit_practice"];

export interface Band {
  minimum: number | null;
  maximum: number | null;
}

export interface Group {
  type: QuestionType;
  count: number | null;
  marks_each: number | null;
  choices: number | null;
  patterns: Record<string, number | null> | null;
}

export interface Section {
  section: string;
  groups: Group[];
}

/** The blueprint of a paper, as the API keeps it in `spec`. */
export interface Spec {
  code: string;
  title: string;
  exam_type: ExamType;
  class_level: ClassLevel;
  course_level: CourseLevel | null;
  minutes: number | null;
  instructions: string[];
  sections: Section[];
  unit_marks: Record<string, number | null> | null;
  cognitive: Record<CognitiveLevel, Band> | null;
  difficulty: Record<Difficulty, Band> | null;
  unit: null;
}

/** The blueprint in a template: the API's document leaves its inside open. */
export function specIn(template: Pick<Template, "spec">): Spec {
  return template.spec as unknown as Spec;
}
