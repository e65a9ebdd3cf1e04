/** The marked questions of a result, joined with their solutions and the steps of the scheme. Pure. */
import type { components } from "@/api/schema";
import type { PaperQuestion } from "@/components/paper";

export type Result = components["schemas"]["Result"];
export type QuestionResult = components["schemas"]["QuestionResult"];
type StepView = components["schemas"]["StepView"];

/** What mathvidya/exams/papers/freezing.py writes of an answer, schema 1. */
interface Scheme {
  steps?: { text: string }[];
  alternatives?: { steps: { text: string }[] }[];
}

interface Solved {
  solution?: string | null;
  scheme?: Scheme | null;
}

interface SolvedPart extends Solved {
  label: string;
  alternative?: Solved | null;
}

interface Answers extends Solved {
  choices?: string[];
  parts?: SolvedPart[];
  alternative?: Answers | null;
}

export interface Shown {
  /** Of the part; empty for a question without parts. */
  label: string;
  /** The solution of the other question of an internal choice. */
  isAlternative: boolean;
  text: string;
}

export interface StepLine {
  part: string;
  number: number;
  text: string;
  awarded: string;
  possible: string;
}

export function questionOf(result: QuestionResult): PaperQuestion {
  return result.question as unknown as PaperQuestion;
}

export function rightChoices(result: QuestionResult): string[] {
  return answersOf(result).choices ?? [];
}

/** Every solution that there is, of the question, its parts and their alternatives. */
export function solutionsOf(result: QuestionResult): Shown[] {
  const answers = answersOf(result);
  return [...solved(answers, false), ...(answers.alternative ? solved(answers.alternative, true) : [])];
}

function solved(answers: Answers, isAlternative: boolean): Shown[] {
  const parts = (answers.parts ?? []).flatMap((part) => [
    shown(part.label, isAlternative, part),
    shown(part.label, true, part.alternative ?? {}),
  ]);
  return [shown("", isAlternative, answers), ...parts].filter((each) => each.text !== "");
}

function shown(label: string, isAlternative: boolean, { solution }: Solved): Shown {
  return { label, isAlternative, text: solution ?? "" };
}

/** What each step asked for and what it earned. */
export function stepLines(result: QuestionResult): StepLine[] {
  const answers = answersOf(result);
  return result.steps.map((step) => ({
    part: step.part,
    number: step.step,
    text: stepText(schemeOf(answers, step), step),
    awarded: step.awarded,
    possible: step.possible,
  }));
}

/** The whole question's OR partner keeps its steps in its own answers, a part's in the part. */
function schemeOf(answers: Answers, step: StepView): Scheme {
  const second = step.alternative !== "first";
  const partOf = (from: Answers): SolvedPart | undefined => from.parts?.find((part) => part.label === step.part);
  if (!second) return (step.part ? partOf(answers)?.scheme : answers.scheme) ?? {};
  const other = answers.alternative;
  if (other) return (step.part ? partOf(other)?.scheme : other.scheme) ?? {};
  return partOf(answers)?.alternative?.scheme ?? {};
}

function stepText(scheme: Scheme, { method, step }: StepView): string {
  const steps = method === 0 ? scheme.steps : scheme.alternatives?.[method - 1]?.steps;
  return steps?.[step - 1]?.text ?? "";
}

export interface UnitMarks {
  unit: string;
  awarded: number;
  possible: number;
}

export function unitMarks(result: Result): UnitMarks[] {
  const units = new Map<string, UnitMarks>();
  for (const each of result.questions) {
    const { unit } = questionOf(each);
    const sum = units.get(unit) ?? { unit, awarded: 0, possible: 0 };
    sum.awarded += Number(each.awarded);
    sum.possible += Number(each.possible);
    units.set(unit, sum);
  }
  return [...units.values()];
}

/** The pages, counted from 1, on which a question stands. */
export function pagesOf(result: Result, number: number): number[] {
  return result.sheets.flatMap((sheet, at) => (sheet.question_numbers.includes(number) ? [at + 1] : []));
}

function answersOf(result: QuestionResult): Answers {
  return result.solution as Answers;
}
