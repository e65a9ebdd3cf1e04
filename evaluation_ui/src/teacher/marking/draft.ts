import type { components } from "@/api/schema";
import { decimalOf, fromDecimal, type Halves } from "./halves";
import { stepId, type QuestionScheme, rowsIn } from "./scheme";
import type { StepMarks } from "./score";

export type MarkView = components["schemas"]["MarkView"];

/** The mark of one question as the teacher has it on the screen: always whole, never a difference. */
export interface Draft {
  steps: StepMarks;
  notAttempted: boolean;
  remark: string;
}

/** A save in the form in which the house takes it. */
export interface SentMark {
  steps: { part: string; alternative: "first" | "second"; method: number; step: number; awarded: string }[];
  awarded: null;
  not_attempted: boolean;
  remark: string;
  revision: number;
}

export const NOTHING: Draft = { steps: {}, notAttempted: false, remark: "" };

/** A mark that the house has. */
export function draftOf(mark: { steps: readonly unknown[]; not_attempted: boolean; remark: string }): Draft {
  const steps = mark.steps as { part: string; alternative: string; method: number; step: number; awarded: string }[];
  return {
    steps: Object.fromEntries(steps.map((step) => [stepId(step), fromDecimal(step.awarded)])),
    notAttempted: mark.not_attempted,
    remark: mark.remark,
  };
}

/** A draft as it is sent, made from `revision`. */
export function sentOf(scheme: QuestionScheme, draft: Draft, revision: number): SentMark {
  const steps = rowsIn(scheme)
    .filter((row) => row.id in draft.steps)
    .map(({ id, part, alternative, method, step }) => ({ part, alternative, method, step, awarded: decimalOf(draft.steps[id]!) }));
  return { steps: draft.notAttempted ? [] : steps, awarded: null, not_attempted: draft.notAttempted, remark: draft.remark, revision };
}

/** Whether two drafts say the same. */
export function sameDraft(one: Draft, other: Draft): boolean {
  const [ours, theirs] = [Object.entries(one.steps), Object.keys(other.steps)];
  return (
    one.notAttempted === other.notAttempted &&
    one.remark === other.remark &&
    ours.length === theirs.length &&
    ours.every(([id, given]) => other.steps[id] === given)
  );
}

/** A draft with one step given marks; `null` takes them away. Marks mean that the question was attempted. */
export function withStep(draft: Draft, id: string, given: Halves | null): Draft {
  const steps = { ...draft.steps };
  if (given === null) delete steps[id];
  else steps[id] = given;
  return { ...draft, steps, notAttempted: false };
}
