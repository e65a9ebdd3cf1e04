import { fromDecimal, type Halves } from "./halves";
import type { Draft } from "./draft";
import type { QuestionScheme } from "./scheme";
import { score, type Score } from "./score";

/** What stands between a question and its completion. */
export interface Missing {
  number: number;
  reason: "unmarked" | "parts" | "stamps";
  parts: readonly string[];
  stamped: Halves;
  awarded: Halves;
}

interface Stamp {
  kind: string;
  question: number | null;
  marks: string | null;
}

const WORTH: Record<string, Halves> = { half: 1, cross: 0 };

/** Everything that is missing, in the order of the paper. The house asks the same again before it completes. */
export function missing(
  schemes: readonly QuestionScheme[],
  drafts: ReadonlyMap<number, Draft>,
  unanswered: readonly number[],
  stamps: readonly Stamp[],
): Missing[] {
  return schemes.flatMap((scheme) => {
    const draft = drafts.get(scheme.number);
    if (!draft && unanswered.includes(scheme.number)) return [];
    return gapsOf(scheme, draft, stamps.filter((stamp) => stamp.question === scheme.number));
  });
}

function gapsOf(scheme: QuestionScheme, draft: Draft | undefined, stamps: readonly Stamp[]): Missing[] {
  const result = score(scheme, draft?.steps ?? {});
  const gap = { number: scheme.number, parts: [], stamped: stampedIn(stamps), awarded: result.awarded };
  if (!draft || (!draft.notAttempted && !result.touched)) return [{ ...gap, reason: "unmarked" }];
  const found: Missing[] = [];
  if (!draft.notAttempted && result.unmarkedParts.length > 0) found.push({ ...gap, reason: "parts", parts: result.unmarkedParts });
  if (disagree(result, stamps)) found.push({ ...gap, reason: "stamps" });
  return found;
}

/** Whether the stamps on the pages contradict the mark. A plain tick stands for an unknown amount. */
export function disagree(result: Score, stamps: readonly Stamp[]): boolean {
  const counted = stamps.filter((stamp) => stamp.kind === "tick" || stamp.kind in WORTH);
  const stamped = stampedIn(counted);
  if (counted.length === 0 || stamped === result.awarded || stamped === result.given) return false;
  const hasPlainTick = counted.some((stamp) => stamp.kind === "tick" && stamp.marks === null);
  return !(hasPlainTick && stamped <= result.given);
}

function stampedIn(stamps: readonly Stamp[]): Halves {
  return stamps.reduce((sum, stamp) => sum + (WORTH[stamp.kind] ?? (stamp.marks === null ? 0 : fromDecimal(stamp.marks))), 0);
}
