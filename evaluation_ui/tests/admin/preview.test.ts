import { expect, it } from "vitest";
import { hoursOf, movedBy, type Said } from "@/admin/calendar/preview";

const OPEN = [["09:00", "18:00"]];
const WEEK: Said = { declared: [], overridden: [], week: { thursday: OPEN, friday: OPEN, saturday: OPEN } };
const FRIDAY = "2026-11-27";
const clock = (due_at: string, more: object = {}) => ({ due_at, state: "queued" as const, breached_at: null, ...more });
const declared = (is_working_day: boolean, date = FRIDAY) => [{ date, is_working_day, is_estimate: false }];

it("moves what counts on the hours of the day, and nothing that is due before it opens", () => {
  const clocks = [clock("2026-11-26T12:30:00Z"), clock("2026-11-27T03:30:00Z"), clock("2026-11-27T03:31:00Z"), clock("2026-11-30T12:30:00Z")];
  expect(movedBy(clocks, { date: FRIDAY, closes: true }, WEEK)).toEqual(clocks.slice(2));
});

it("moves no clock that stands, and none that is late already", () => {
  const clocks = [clock("2026-11-28T12:30:00Z", { state: "on_hold" }), clock("2026-11-28T12:30:00Z", { breached_at: "2026-11-25T12:30:00Z" })];
  expect(movedBy(clocks, { date: FRIDAY, closes: true }, WEEK)).toEqual([]);
});

it("moves nothing by a day that is closed already, nor by work on a day off", () => {
  const clocks = [clock("2026-12-05T12:30:00Z")];
  expect(movedBy(clocks, { date: "2026-11-29", closes: true }, WEEK)).toEqual([]);
  expect(movedBy(clocks, { date: FRIDAY, closes: true }, { ...WEEK, declared: declared(false) })).toEqual([]);
  expect(movedBy(clocks, { date: "2026-11-29", closes: false }, WEEK)).toEqual([]);
});

it("knows the hours of a worked Sunday and of a day with hours of its own", () => {
  expect(hoursOf("2026-11-29", { ...WEEK, declared: declared(true, "2026-11-29") })).toEqual(OPEN);
  expect(hoursOf(FRIDAY, { ...WEEK, overridden: [{ date: FRIDAY, hours: [["10:00", "12:00"]] }] })).toEqual([["10:00", "12:00"]]);
});
