/** The frozen paper as the student sees it, schema 1 (mathvidya/exams/papers/freezing.py writes it). */
export interface Choice {
  label: string;
  text: string;
}

export interface PaperPart {
  label: string;
  marks: string;
  text: string;
  alternative: { text: string } | null;
}

export type QuestionType = "MCQ" | "ASSERTION_REASON" | "VSA" | "SA" | "LA" | "CASE_STUDY";

export interface ShownQuestion {
  type: QuestionType;
  marks: string;
  unit: string;
  chapter: string;
  text: string;
  image: string | null;
  choices: Choice[];
  assertion: string | null;
  reason: string | null;
  parts: PaperPart[];
}

export interface PaperQuestion extends ShownQuestion {
  number: number;
  alternative: ShownQuestion | null;
}

export interface PaperSection {
  section: string;
  title: string;
  questions: PaperQuestion[];
}

export interface Paper {
  schema: number;
  template: string;
  title: string;
  class_level: "X" | "XII";
  course_level: "standard" | "basic" | null;
  exam_type: string;
  unit: string | null;
  minutes: number;
  marks: string;
  instructions: string[];
  sections: PaperSection[];
}

/** Whether a question is answered on screen by choosing; the others are written on paper. */
export function isChosen(question: ShownQuestion): boolean {
  return question.type === "MCQ" || question.type === "ASSERTION_REASON";
}

/** Every question of a paper, in its order. */
export function questionsOf(paper: Paper): PaperQuestion[] {
  return paper.sections.flatMap((section) => section.questions);
}
