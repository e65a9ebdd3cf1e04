import type { components } from "@/api/schema";

type Evaluation = components["schemas"]["Evaluation"];

const INDIA_MS = 19_800_000;
const DAY_MS = 86_400_000;

/** What was finished on the day of `now`, as India counts days. */
export function doneToday(all: readonly Evaluation[], now: number): Evaluation[] {
  return all.filter((one) => one.completed_at !== null && dayOf(Date.parse(one.completed_at)) === dayOf(now));
}

const dayOf = (at: number): number => Math.floor((at + INDIA_MS) / DAY_MS);
