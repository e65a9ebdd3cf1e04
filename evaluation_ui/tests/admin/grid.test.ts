import { describe, expect, it } from "vitest";
import { bounds, dateInIndia, keyed, markOf, monthOf, shiftsOf, shiftsText, stepped, weekdayOf, weeksOf } from "@/admin/calendar/grid";

describe("the weeks of a month", () => {
  it.each([
    [2026, 11, 6, "2026-10-26", "2026-12-06"],
    [2027, 2, 4, "2027-02-01", "2027-02-28"],
    [2028, 2, 5, "2028-01-31", "2028-03-05"],
  ])("of %i-%i are %i, from %s to %s", (year, month, weeks, first, last) => {
    const found = weeksOf({ year, month });
    expect(found).toHaveLength(weeks);
    expect(found[0]?.[0]?.date).toBe(first);
    expect(found.at(-1)?.at(-1)?.date).toBe(last);
  });

  it("hold each day of every month of four years once", () => {
    for (let month: { year: number; month: number } = { year: 2026, month: 1 }; month.year < 2030; month = stepped(month, 1)) {
      const days = weeksOf(month).flat().filter((cell) => cell.inMonth).map((cell) => cell.day);
      expect(days).toEqual(days.map((_day, n) => n + 1));
      expect(days.length).toBe(Number(bounds(month).last.slice(8)));
    }
  });
});

it("steps over the turn of the year both ways", () => {
  expect(stepped({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
  expect(stepped({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
});

it("knows India's date before midnight in UTC", () => {
  expect(dateInIndia(Date.parse("2026-11-25T18:29:59Z"))).toBe("2026-11-25");
  expect(dateInIndia(Date.parse("2026-11-25T18:30:00Z"))).toBe("2026-11-26");
});

it("moves by arrow keys over the end of a month", () => {
  expect(keyed("2026-11-30", "ArrowRight")).toBe("2026-12-01");
  expect(keyed("2026-12-01", "ArrowUp")).toBe("2026-11-24");
  expect(keyed("2026-12-01", "a")).toBeNull();
  expect(monthOf("2026-12-01")).toEqual({ year: 2026, month: 12 });
});

describe("what a day is", () => {
  const week = { friday: [["09:00", "18:00"]], sunday: [] };
  const declared = (is_working_day: boolean, is_estimate: boolean) => [
    { date: "2026-11-27", is_working_day, is_estimate, source: "admin", confirmed_at: is_estimate ? null : "2026-11-01T00:00:00Z" },
  ];

  it("is told by the week where nothing else is said", () => {
    expect(weekdayOf("2026-11-29")).toBe("sunday");
    expect(markOf("2026-11-29", [], [], week)).toBe("off");
    expect(markOf("2026-11-27", [], [], week)).toBe("open");
  });

  it("is what was declared, an estimate only as long as it is alone", () => {
    expect(markOf("2026-11-27", declared(false, false), [], week)).toBe("holiday");
    expect(markOf("2026-11-27", declared(true, false), [], week)).toBe("worked");
    expect(markOf("2026-11-27", declared(false, true), [], week)).toBe("estimate");
    expect(markOf("2026-11-27", [...declared(false, true), ...declared(false, false)], [], week)).toBe("holiday");
  });

  it("follows hours of its own before all else", () => {
    expect(markOf("2026-11-27", declared(false, false), [{ date: "2026-11-27", hours: [] }], week)).toBe("override");
  });
});

describe("opening times", () => {
  it.each(["09:00-18:00", "09:00-13:00, 14:00-18:00", "00:00-24:00", ""])("are read as they are written: %j", (text) => {
    expect(shiftsText(shiftsOf(text) ?? [["?", "?"]])).toBe(text);
  });

  it.each(["9-18", "18:00-09:00", "09:00-13:00, 12:00-18:00", "09:00", "25:00-26:00"])("are refused where they make no sense: %j", (text) => {
    expect(shiftsOf(text)).toBeNull();
  });
});
