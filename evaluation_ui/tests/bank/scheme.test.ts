import { describe, expect, it } from "vitest";
import { balanceOf, decimalOf, halvesOf, moved, travelling } from "@/teacher/bank/scheme";

describe("marks as they are typed", () => {
  it.each([
    ["2", 4],
    ["1.5", 3],
    ["1,5", 3],
    ["1½", 3],
    ["½", 1],
    [".5", 1],
    [" 1.0 ", 2],
  ])("%j is %i halves", (typed, halves) => expect(halvesOf(typed)).toBe(halves));

  it.each(["", "one", "1.25", "-1", "1/2", "½½"])("%j is no mark", (typed) => expect(halvesOf(typed)).toBeNull());

  it("travel as decimal strings, and unread ones as they are, for the API to name", () => {
    expect([decimalOf(3), decimalOf(4), travelling("2½"), travelling("1.25")]).toEqual(["1.5", "2", "2.5", "1.25"]);
  });
});

describe("the steps of a scheme against the marks", () => {
  const steps = (...marks: string[]) => marks.map((each) => ({ marks: each, text: "" }));

  it.each([
    [steps("1", "½", "1.5"), "3", "exact", "3", "0"],
    [steps("1", "1"), "3", "short", "2", "1"],
    [steps("2", "1.5"), "3", "over", "3.5", "0.5"],
    [steps("1", "x"), "3", "unreadable", "1", "2"],
    [steps("3", "0"), "3", "unreadable", "3", "0"],
    [steps("3"), "", "unreadable", "3", "3"],
  ] as const)("%# come to what they must", (given, marks, state, sum, off) => {
    expect(balanceOf(given, marks)).toEqual({ state, sum, off });
  });

  it("are moved within the list and not out of it", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });
});
