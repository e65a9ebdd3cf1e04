import type { BoardRow } from "../shared/types";
import { markOf, weekdayOf, type Declared, type Overridden, type Shifts } from "./grid";

/** A change of one date that is about to be saved. */
export type Change = { date: string; closes: boolean };
export interface Said {
  declared: readonly Declared[];
  overridden: readonly Overridden[];
  week: Record<string, Shifts>;
}
type Clock = Pick<BoardRow, "due_at" | "state" | "breached_at">;

/** Which open clocks a closed day moves: those that count on its hours. One that stands still, or is late, does not. */
export function movedBy<Row extends Clock>(clocks: readonly Row[], change: Change, said: Said): Row[] {
  const hours = hoursOf(change.date, said);
  const opening = hours[0]?.[0];
  if (!change.closes || opening === undefined) return [];
  const opens = Date.parse(`${change.date}T${opening}:00+05:30`);
  return clocks.filter((clock) => clock.state !== "on_hold" && clock.breached_at === null && Date.parse(clock.due_at) > opens);
}

/** The hours of a date as they are now. */
export function hoursOf(date: string, said: Said): Shifts {
  const mark = markOf(date, said.declared, said.overridden, said.week);
  if (mark === "override") return said.overridden.find((one) => one.date === date)?.hours ?? [];
  if (mark === "holiday" || mark === "off") return [];
  if (mark !== "worked") return said.week[weekdayOf(date)] ?? [];
  return said.week[weekdayOf(date)]?.length ? (said.week[weekdayOf(date)] ?? []) : (Object.values(said.week).find((shifts) => shifts.length > 0) ?? []);
}
