import type { Halves } from "./halves";
import { rowsIn, type Alternative, type MethodRows, type QuestionScheme, type Side, type Slot } from "./scheme";

/** What a teacher gave, by the id of the step; a step that is not there was not looked at. */
export type StepMarks = Readonly<Record<string, Halves>>;

/** What the steps of a question come to. `struck` are the steps of alternatives that count for nothing. */
export interface Score {
  awarded: Halves;
  given: Halves;
  counted: Readonly<Record<string, Side>>;
  struck: ReadonlySet<string>;
  unmarkedParts: readonly string[];
  touched: boolean;
}

interface Sum {
  marks: Halves;
  steps: string[];
}

interface SideScore {
  awarded: Halves;
  given: Halves;
  counted: Record<string, Side>;
  kept: string[];
  unmarked: string[];
  touched: boolean;
}

/** The better side, by part the better alternative, of each the better method; at equal marks the first counts. */
export function score(scheme: QuestionScheme, marks: StepMarks): Score {
  const sides = scheme.sides.map((side) => sideScore(side, marks));
  const touched = sides.filter((side) => side.touched);
  const best = better(touched.length > 0 ? touched : sides, (side) => side.awarded)!;
  const kept = new Set(best.kept);
  return {
    awarded: Math.min(best.awarded, scheme.possible),
    given: sides.reduce((sum, side) => sum + side.given, 0),
    counted: best.counted,
    struck: new Set(rowsIn(scheme).map((row) => row.id).filter((id) => id in marks && !kept.has(id))),
    unmarkedParts: (touched.length > 0 ? touched : [best]).flatMap((side) => side.unmarked),
    touched: touched.length > 0,
  };
}

function sideScore(side: Slot[], marks: StepMarks): SideScore {
  const found: SideScore = { awarded: 0, given: 0, counted: {}, kept: [], unmarked: [], touched: false };
  for (const slot of side) {
    const sums = slot.alternatives.flatMap((one) => ofAlternative(one, marks));
    const best = better(sums, (sum) => sum.marks);
    if (!best) {
      found.unmarked.push(slot.part);
      continue;
    }
    found.touched = true;
    found.awarded += best.marks;
    found.given += sums.reduce((sum, one) => sum + one.marks, 0);
    found.kept.push(...best.steps);
    if (slot.alternatives.length > 1) found.counted[slot.part] = best.alternative;
  }
  return found;
}

function ofAlternative(one: Alternative, marks: StepMarks): (Sum & { alternative: Side })[] {
  const sums = one.methods.flatMap((way) => ofMethod(way, marks));
  const best = better(sums, (sum) => sum.marks);
  return best ? [{ ...best, alternative: one.alternative }] : [];
}

function ofMethod(way: MethodRows, marks: StepMarks): Sum[] {
  const steps = way.rows.map((row) => row.id).filter((id) => id in marks);
  return steps.length > 0 ? [{ steps, marks: steps.reduce((sum, id) => sum + marks[id]!, 0) }] : [];
}

function better<T>(all: readonly T[], worth: (one: T) => number): T | undefined {
  return all.reduce<T | undefined>((best, one) => (best === undefined || worth(one) > worth(best) ? one : best), undefined);
}
