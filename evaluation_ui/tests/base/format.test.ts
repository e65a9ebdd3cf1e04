import { beforeAll, describe, expect, it } from "vitest";
import { countdown, day, marks, moment, workingTime } from "@/base/format";
import { addTexts } from "@/base/texts";
import { destination } from "@/sign-in/destination";
import { piecesOf } from "@/components/mathematics";
import { common } from "@/texts/common";

beforeAll(() => addTexts(common));

describe("marks", () => {
  it.each([["2.5", "2½"], ["0.5", "½"], ["0", "0"], ["40", "40"], ["3.0", "3"], ["-0.5", "−½"], [null, "–"]])("%s is written %s", (value, written) => {
    expect(marks(value)).toBe(written);
  });
});

describe("moments are India's", () => {
  const now = Date.parse("2026-11-25T06:00:00Z");
  it("late evening in UTC is tomorrow", () => expect(moment("2026-11-25T18:45:00Z", now)).toBe("tomorrow 00:15"));
  it("within a week by weekday", () => expect(moment("2026-11-28T08:50:00Z", now)).toBe("Sat 14:20"));
  it("a plain date stays that date", () => expect(day("2026-11-25")).toContain("25 Nov 2026"));
});

describe("working time", () => {
  it.each([[780, "1 working day 4 h"], [300, "5 working hours"], [60, "1 working hour"], [35, "35 working minutes"], [-5, "0 working minutes"]])("%i minutes is %s", (minutes, words) => {
    expect(workingTime(minutes)).toBe(words);
  });
});

it("a countdown never shows less than nothing", () => {
  expect(countdown(10_799_001)).toBe("3:00:00");
  expect(countdown(-1)).toBe("0:00:00");
});

describe("text with mathematics", () => {
  it("is cut into words, formulas and breaks", () => {
    expect(piecesOf("If $x=2$,\nthen $$y$$").map((piece) => [piece.kind, piece.text])).toEqual([
      ["text", "If "], ["formula", "x=2"], ["text", ","], ["break", ""], ["text", "then "], ["formula", "y"],
    ]);
  });
  it("keeps an escaped dollar", () => expect(piecesOf("costs \\$5").map((piece) => piece.text)).toEqual(["costs $5"]));
});

describe("after signing in", () => {
  it("one goes back to one's own place", () => expect(destination("student", "/student/", "/student/exams/1")).toBe("/student/exams/1"));
  it.each(["https://elsewhere.example/", "//elsewhere.example", "/admin/", "/student/\\evil", null])("never to %s", (asked) => {
    expect(destination("student", "/student/", asked)).toBe("/student/");
  });
});
