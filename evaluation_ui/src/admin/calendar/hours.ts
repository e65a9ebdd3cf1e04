import { markOf, weekdayOf, type Declared, type Overridden, type Shifts } from "./grid";

/** What is said of the days of a calendar. */
export interface Said {
  declared: readonly Declared[];
  overridden: readonly Overridden[];
  week: Record<string, Shifts>;
}
/** The hours of a date as they are now. */
export function hoursOf(date: string, said: Said): Shifts {
  const mark = markOf(date, said.declared, said.overridden, said.week);
  if (mark === "override") return said.overridden.find((one) => one.date === date)?.hours ?? [];
  if (mark === "holiday" || mark === "off") return [];
  if (mark !== "worked") return said.week[weekdayOf(date)] ?? [];
  return said.week[weekdayOf(date)]?.length ? (said.week[weekdayOf(date)] ?? []) : (Object.values(said.week).find((shifts) => shifts.length > 0) ?? []);
}
