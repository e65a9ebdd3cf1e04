import { CHOICE_LABELS, FIXED_CHOICES, PART_LABELS, digestOf } from "./model";
import type { ClassLevel, CognitiveLevel, CourseLevel, Difficulty, MarkingScheme, Question, QuestionContent, QuestionType } from "./model";
import { emptyScheme, travelling, type SchemeDraft, type StepDraft } from "./scheme";
import type { ShownQuestion } from "@/components/paper";

/** What an answer is written to: a question, a part, or the other side of an OR. */
export interface AnswerableDraft {
  text: string;
  solution: string;
  scheme: SchemeDraft;
}

export interface PartDraft extends AnswerableDraft {
  marks: string;
  alternative: AnswerableDraft | null;
}

/** A question as it is being typed: it holds the fields of every type, so that changing the type loses nothing. */
export interface QuestionDraft extends AnswerableDraft {
  code: string;
  type: QuestionType;
  class_level: ClassLevel;
  levels: CourseLevel[];
  unit: string;
  chapter: string;
  marks: string;
  cognitive_level: CognitiveLevel;
  difficulty: Difficulty;
  tags: string;
  choices: string[];
  correct: string;
  assertion: string;
  reason: string;
  parts: PartDraft[];
  image_key: string | null;
}

const WRITTEN: readonly QuestionType[] = ["VSA", "SA", "LA"];
const USUAL_MARKS: Record<QuestionType, string> = { MCQ: "1", ASSERTION_REASON: "1", VSA: "2", SA: "3", LA: "5", CASE_STUDY: "4" };

/** Whether a type's answer is written on paper and marked by a scheme of its own. */
export function isWritten(type: QuestionType): boolean {
  return WRITTEN.includes(type);
}

/** The marks that the board gives a question of this type. */
export function usualMarks(type: QuestionType): string {
  return USUAL_MARKS[type];
}

export function emptyAnswerable(): AnswerableDraft {
  return { text: "", solution: "", scheme: emptyScheme() };
}

export function emptyPart(marks: string): PartDraft {
  const part = { ...emptyAnswerable(), marks, alternative: null };
  part.scheme.steps = [{ marks, text: "" }];
  return part;
}

/** A question to begin with. */
export function emptyDraft(): QuestionDraft {
  return {
    ...emptyAnswerable(),
    code: "",
    type: "MCQ",
    class_level: "XII",
    levels: [],
    unit: "",
    chapter: "",
    marks: "1",
    cognitive_level: "remember_understand",
    difficulty: "medium",
    tags: "",
    choices: ["", "", "", ""],
    correct: "",
    assertion: "",
    reason: "",
    parts: [emptyPart("1"), emptyPart("1"), emptyPart("2")],
    image_key: null,
  };
}

/** A version of the bank as a draft that an edit starts from. */
export function draftOf(question: Question): QuestionDraft {
  const empty = emptyDraft();
  return {
    code: question.code ?? "",
    type: question.type,
    class_level: question.class_level,
    levels: [...question.levels],
    unit: question.unit,
    chapter: question.chapter,
    marks: String(question.marks),
    cognitive_level: question.cognitive_level,
    difficulty: question.difficulty,
    tags: question.tags.join(", "),
    text: question.text,
    choices: question.choices.length > 0 ? question.choices.map((choice) => choice.text) : empty.choices,
    correct: question.correct_choices[0] ?? "",
    assertion: question.assertion ?? "",
    reason: question.reason ?? "",
    solution: question.solution,
    scheme: schemeDraftOf(question.scheme),
    parts: question.parts.length > 0 ? question.parts.map(partDraftOf) : empty.parts,
    image_key: question.image_key,
  };
}

/** What the API takes: the fields of the draft's own type and no others. */
export function contentOf(draft: QuestionDraft): QuestionContent {
  const [chosen, written, caseStudy] = [draft.type === "MCQ", isWritten(draft.type), draft.type === "CASE_STUDY"];
  const paired = draft.type === "ASSERTION_REASON";
  return {
    type: draft.type,
    class_level: draft.class_level,
    levels: draft.class_level === "X" ? draft.levels : [],
    unit: draft.unit,
    chapter: draft.chapter,
    marks: Number(draft.marks),
    cognitive_level: draft.cognitive_level,
    difficulty: draft.difficulty,
    tags: tagsOf(draft.tags),
    text: paired ? "" : draft.text,
    choices: chosen ? choicesOf(draft.choices) : [],
    correct_choices: (chosen || paired) && draft.correct ? [draft.correct] : [],
    assertion: paired ? draft.assertion : null,
    reason: paired ? draft.reason : null,
    solution: caseStudy ? "" : draft.solution,
    scheme: written ? schemeOf(draft.scheme) : null,
    parts: caseStudy ? draft.parts.map(partOf) : [],
  };
}

/** The draft as the paper would show it. */
export function shownOf(draft: QuestionDraft): ShownQuestion {
  const content = contentOf(draft);
  return {
    type: draft.type,
    marks: draft.marks,
    unit: draft.unit,
    chapter: draft.chapter,
    text: content.text,
    image: digestOf(draft.image_key),
    choices: draft.type === "ASSERTION_REASON" ? FIXED_CHOICES : (content.choices ?? []),
    assertion: content.assertion,
    reason: content.reason,
    parts: (content.parts ?? []).map((part) => ({ ...part, marks: String(part.marks) })),
  };
}

/** Whether saving the draft would change the words; a figure is changed by a request of its own. */
export function differs(draft: QuestionDraft, saved: Question): boolean {
  return JSON.stringify(contentOf(draft)) !== JSON.stringify(contentOf(draftOf(saved)));
}

/** Tags as they are typed, divided by commas or semicolons. */
export function tagsOf(typed: string): string[] {
  return [...new Set(typed.split(/[,;]/).map((tag) => tag.trim()).filter(Boolean))];
}

export function schemeOf(draft: SchemeDraft): MarkingScheme {
  return {
    steps: draft.steps.map(stepOf),
    alternatives: draft.alternatives.map((method) => ({ title: method.title, steps: method.steps.map(stepOf) })),
    follow_through: draft.follow_through.trim() || null,
  };
}

export function schemeDraftOf(scheme: MarkingScheme | null): SchemeDraft {
  if (scheme === null) return emptyScheme();
  return {
    steps: scheme.steps.map(stepDraftOf),
    alternatives: (scheme.alternatives ?? []).map((method) => ({ title: method.title, steps: method.steps.map(stepDraftOf) })),
    follow_through: scheme.follow_through ?? "",
  };
}

function choicesOf(texts: readonly string[]): { label: string; text: string }[] {
  return texts.map((text, index) => ({ label: CHOICE_LABELS[index] ?? "", text }));
}

function partOf(part: PartDraft, index: number): Question["parts"][number] {
  return {
    label: PART_LABELS[index] ?? "",
    marks: Number(part.marks),
    ...answerableOf(part),
    alternative: part.alternative && answerableOf(part.alternative),
  };
}

function partDraftOf(part: Question["parts"][number]): PartDraft {
  return { marks: String(part.marks), ...answerableDraftOf(part), alternative: part.alternative && answerableDraftOf(part.alternative) };
}

function answerableOf(draft: AnswerableDraft): { text: string; solution: string; scheme: MarkingScheme } {
  return { text: draft.text, solution: draft.solution, scheme: schemeOf(draft.scheme) };
}

function answerableDraftOf(given: { text: string; solution: string; scheme: MarkingScheme }): AnswerableDraft {
  return { text: given.text, solution: given.solution, scheme: schemeDraftOf(given.scheme) };
}

function stepOf(step: StepDraft): { marks: string; text: string } {
  return { marks: travelling(step.marks), text: step.text };
}

function stepDraftOf(step: { marks: string; text: string }): StepDraft {
  return { marks: travelling(step.marks), text: step.text };
}
