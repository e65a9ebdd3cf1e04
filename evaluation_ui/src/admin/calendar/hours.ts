import { counts, weekdayOf, type Declared, type Overridden, type Shifts } from "./grid";

/** What is said of the days of a calendar. */
export interface Said {
  declared: readonly Declared[];
  overridden: readonly Overridden[];
  week: Record<string, Shifts>;
}
/** The hours of a date as they are now. */
export function hoursOf(date: string, said: Said): Shifts {
  const own = said.overridden.find((one) => one.date === date);
  if (own) return own.hours;
  const usual = said.week[weekdayOf(date)] ?? [];
  const declared = said.declared.filter((one) => one.date === date && counts(one));
  if (declared.some((one) => !one.is_working_day)) return [];
  if (declared.length === 0 || usual.length > 0) return usual;
  return Object.values(said.week).find((shifts) => shifts.length > 0) ?? [];
}
