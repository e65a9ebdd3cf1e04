/** Dates of a calendar page. Plain dates are counted in UTC: no time zone moves them. */

export interface Month {
  year: number;
  /** 1 to 12. */
  month: number;
}
export interface Cell {
  date: string;
  day: number;
  inMonth: boolean;
}
export type Shifts = string[][];
export interface Declared {
  date: string;
  is_working_day: boolean;
  is_estimate: boolean;
  confirmed_at: string | null;
  source: string;
}
export interface Overridden {
  date: string;
  hours: Shifts;
}
export type Mark = "open" | "off" | "holiday" | "estimate" | "worked" | "override";

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_MS = 86_400_000;
const WEEK = 7;
const REFERENCE = "reference";

/** The weeks of a month from Monday to Sunday, filled up with the days around it. */
export function weeksOf({ year, month }: Month): Cell[][] {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const last = new Date(Date.UTC(year, month, 0));
  const lead = (first.getUTCDay() + 6) % WEEK;
  const weeks = Math.ceil((lead + last.getUTCDate()) / WEEK);
  const start = first.getTime() - lead * DAY_MS;
  return Array.from({ length: weeks }, (_w, week) =>
    Array.from({ length: WEEK }, (_d, day) => cell(start + (week * WEEK + day) * DAY_MS, month)),
  );
}

/** The month that lies `by` months away. */
export function stepped({ year, month }: Month, by: number): Month {
  const count = year * 12 + month - 1 + by;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}

/** The date that lies `days` away. */
export function shifted(date: string, days: number): string {
  return plain(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

export function monthOf(date: string): Month {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

/** The first and the last date of a month. */
export function bounds({ year, month }: Month): { first: string; last: string } {
  return { first: plain(Date.UTC(year, month - 1, 1)), last: plain(Date.UTC(year, month, 0)) };
}

export function weekdayOf(date: string): Weekday {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(day + 6) % WEEK] as Weekday;
}

/** The date in India at a moment: half past five ahead of UTC all year. */
export function dateInIndia(at: number): string {
  return plain(at + 19_800_000);
}

/** Whether a declared day is part of the calendar: somebody confirmed it, or it shipped with the house. */
export function counts(one: Pick<Declared, "confirmed_at" | "source">): boolean {
  return one.confirmed_at !== null || one.source === REFERENCE;
}

/** Whether somebody still has to say that the date is certain. */
export function isUncertain(one: Pick<Declared, "is_estimate" | "confirmed_at" | "source">): boolean {
  return one.is_estimate || !counts(one);
}

/** What a day is. What is said of the date itself goes before what is declared, and that before the week. */
export function markOf(date: string, declared: readonly Declared[], overridden: readonly Overridden[], week: Record<string, Shifts>): Mark {
  if (overridden.some((one) => one.date === date)) return "override";
  const of = declared.filter((one) => one.date === date);
  if (of.some((one) => !isUncertain(one) && !one.is_working_day)) return "holiday";
  if (of.some((one) => !isUncertain(one) && one.is_working_day)) return "worked";
  if (of.length > 0) return "estimate";
  return (week[weekdayOf(date)] ?? []).length > 0 ? "open" : "off";
}

/** Where an arrow key leads from a date; null for other keys. */
export function keyed(date: string, key: string): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK };
  const step = steps[key];
  return step === undefined ? null : shifted(date, step);
}

/** Opening times from text such as "09:00-13:00, 14:00-18:00"; null when it cannot be read, [] when empty. */
export function shiftsOf(text: string): Shifts | null {
  const parts = text.split(",").map((part) => part.trim()).filter(Boolean);
  const shifts = parts.map((part) => /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*(([01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(part));
  if (shifts.some((found) => found === null)) return null;
  const read = shifts.map((found) => [`${found?.[1]}:${found?.[2]}`, found?.[3] ?? ""]);
  return read.every(([from, to], n) => from! < to! && (n === 0 || read[n - 1]![1]! <= from!)) ? read : null;
}

/** Opening times as they are typed. */
export function shiftsText(shifts: Shifts): string {
  return shifts.map(([from, to]) => `${from}-${to}`).join(", ");
}

function cell(at: number, month: number): Cell {
  const day = new Date(at);
  return { date: plain(at), day: day.getUTCDate(), inMonth: day.getUTCMonth() + 1 === month };
}

function plain(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
