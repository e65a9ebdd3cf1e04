import { expect, it } from "vitest";
import { hoursOf, type Said } from "@/admin/calendar/hours";

const OPEN = [["09:00", "18:00"]];
const WEEK: Said = { declared: [], overridden: [], week: { thursday: OPEN, friday: OPEN, saturday: OPEN } };
const FRIDAY = "2026-11-27";
const declared = (is_working_day: boolean, date = FRIDAY) => [{ date, is_working_day, is_estimate: false, source: "admin", confirmed_at: "2026-11-01T00:00:00Z" }];

it("knows that a holiday and a day off have no hours", () => {
  expect(hoursOf(FRIDAY, { ...WEEK, declared: declared(false) })).toEqual([]);
  expect(hoursOf("2026-11-29", WEEK)).toEqual([]);
  expect(hoursOf(FRIDAY, WEEK)).toEqual(OPEN);
});

it("counts an estimate of the reference list, and another one only when it is confirmed", () => {
  const estimate = (source: string) => ({ ...WEEK, declared: [{ date: FRIDAY, is_working_day: false, is_estimate: true, source, confirmed_at: null }] });
  expect(hoursOf(FRIDAY, estimate("reference"))).toEqual([]);
  expect(hoursOf(FRIDAY, estimate("admin"))).toEqual(OPEN);
});

it("knows the hours of a worked Sunday and of a day with hours of its own", () => {
  expect(hoursOf("2026-11-29", { ...WEEK, declared: declared(true, "2026-11-29") })).toEqual(OPEN);
  expect(hoursOf(FRIDAY, { ...WEEK, overridden: [{ date: FRIDAY, hours: [["10:00", "12:00"]] }] })).toEqual([["10:00", "12:00"]]);
});
