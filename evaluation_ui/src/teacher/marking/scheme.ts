import type { Key, KeyPart, KeyAnswer, Scheme, SchemeStep } from "./key";
import { fromDecimal, type Halves } from "./halves";

export type Side = "first" | "second";

/** One value point that can be given marks, with its place in the scheme. */
export interface StepRow {
  id: string;
  part: string;
  alternative: Side;
  method: number;
  step: number;
  text: string;
  possible: Halves;
}

/** One way to an answer. The scheme's own has no title. */
export interface MethodRows {
  method: number;
  title: string;
  rows: StepRow[];
}

/** One of the two answers of an OR, or the only one. */
export interface Alternative {
  alternative: Side;
  solution: string;
  followThrough: string;
  methods: MethodRows[];
}

/** A place for one answer: a whole question, or one part of a case study. */
export interface Slot {
  part: string;
  possible: Halves;
  alternatives: Alternative[];
}

/** How one number of the paper is marked; two sides where whole case studies are joined by OR. */
export interface QuestionScheme {
  number: number;
  possible: Halves;
  sides: Slot[][];
}

/** The schemes of the questions that a person marks, in the order of the paper. */
export function schemesOf(key: Key, written: readonly number[]): QuestionScheme[] {
  return key.questions
    .filter((question) => written.includes(question.number))
    .map((question) => ({
      number: question.number,
      possible: fromDecimal(question.marks),
      sides: sidesOf(question, question.alternative),
    }));
}

function sidesOf(first: KeyAnswer, second: KeyAnswer | null): Slot[][] {
  if (first.parts.length > 0) {
    const sides = [first.parts.map((part) => partSlot(part, ""))];
    if (second) sides.push(second.parts.map((part) => partSlot(part, "or-")));
    return sides;
  }
  const alternatives = [alternativeOf("", "first", first, first.marks)];
  if (second) alternatives.push(alternativeOf("", "second", second, second.marks));
  return [[{ part: "", possible: fromDecimal(first.marks), alternatives }]];
}

function partSlot(part: KeyPart, prefix: string): Slot {
  const label = prefix + part.label;
  const alternatives = [alternativeOf(label, "first", part, part.marks)];
  if (part.alternative) alternatives.push(alternativeOf(label, "second", part.alternative, part.marks));
  return { part: label, possible: fromDecimal(part.marks), alternatives };
}

function alternativeOf(
  part: string,
  alternative: Side,
  answer: { solution: string; scheme: Scheme | Record<string, never> | null },
  marks: string,
): Alternative {
  const scheme = schemeIn(answer.scheme);
  const ways = scheme
    ? [{ title: "", steps: scheme.steps }, ...(scheme.alternatives ?? [])]
    : [{ title: "", steps: [{ marks, text: "" }] }];
  return {
    alternative,
    solution: answer.solution ?? "",
    followThrough: scheme?.follow_through ?? "",
    methods: ways.map((way, method) => ({ method, title: way.title, rows: rowsOf(part, alternative, method, way.steps) })),
  };
}

function schemeIn(scheme: Scheme | Record<string, never> | null): Scheme | null {
  return scheme && "steps" in scheme ? (scheme as Scheme) : null;
}

function rowsOf(part: string, alternative: Side, method: number, steps: readonly SchemeStep[]): StepRow[] {
  return steps.map(({ marks, text }, index) => {
    const step = index + 1;
    return { id: stepId({ part, alternative, method, step }), part, alternative, method, step, text, possible: fromDecimal(marks) };
  });
}

/** One text for the place of a step. */
export function stepId(place: { part: string; alternative: string; method: number; step: number }): string {
  return [place.part, place.alternative, place.method, place.step].join("/");
}

/** Every step of every way to answer. */
export function rowsIn(scheme: QuestionScheme): StepRow[] {
  return scheme.sides.flat().flatMap((slot) => slot.alternatives.flatMap((one) => one.methods.flatMap((way) => way.rows)));
}

/** The smallest difference between two marks: a one-mark question without half steps is right or wrong. */
export function grainOf(scheme: QuestionScheme): Halves {
  return scheme.possible === 2 && rowsIn(scheme).every((row) => row.possible % 2 === 0) ? 2 : 1;
}

/** The marks that a step may be given, from nothing to all. */
export function legalMarks(row: StepRow, grain: Halves): Halves[] {
  return Array.from({ length: Math.floor(row.possible / grain) + 1 }, (_, at) => at * grain);
}
