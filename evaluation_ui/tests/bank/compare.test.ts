import { describe, expect, it } from "vitest";
import { compare, wordsChanged, type Row } from "@/teacher/bank/compare";
import { rowsOf } from "@/teacher/bank/rows";
import { CASE_STUDY, SHORT_ANSWER } from "./samples";

const row = (place: string, text: string): Row => ({ place, label: place, text });

describe("two versions side by side", () => {
  it("show what changed, what came and what went, in the order of the newer", () => {
    const compared = compare([row("a", "1"), row("gone", "x"), row("b", "2")], [row("a", "1"), row("b", "3"), row("new", "y")]);
    expect(compared.map(({ place, before, after, changed }) => [place, before, after, changed])).toEqual([
      ["a", "1", "1", false],
      ["gone", "x", null, true],
      ["b", "2", "3", true],
      ["new", null, "y", true],
    ]);
  });

  it("keep rows that went at the place where they stood", () => {
    expect(compare([row("x", "1"), row("y", "2")], []).map(({ place }) => place)).toEqual(["x", "y"]);
    expect(compare([row("x", "1"), row("a", "2")], [row("a", "2")]).map(({ place }) => place)).toEqual(["x", "a"]);
  });

  it("name nothing where nothing changed", () => {
    const rows = rowsOf(SHORT_ANSWER);
    expect(compare(rows, rowsOf({ ...SHORT_ANSWER })).filter((each) => each.changed)).toEqual([]);
  });

  it("find a changed step of a part, with its place", () => {
    const changed = structuredClone(CASE_STUDY);
    changed.parts[2]!.alternative!.scheme.steps[0]!.text = "Does it well";
    const found = compare(rowsOf(CASE_STUDY), rowsOf(changed)).filter((each) => each.changed);
    expect(found.map(({ place }) => place)).toEqual(["parts.2.alternative.scheme.steps.0"]);
  });
});

describe("the words of two texts", () => {
  it("are marked as taken out and put in", () => {
    expect(wordsChanged("Find $x^2$ now", "Find $x^3$ now")).toEqual([
      { kind: "same", text: "Find $x^" },
      { kind: "out", text: "2" },
      { kind: "in", text: "3" },
      { kind: "same", text: "$ now" },
    ]);
  });

  it.each([
    ["", ""],
    ["", "all of it is new"],
    ["a b c", "c b a"],
    ["\\frac{1}{2} + x", "\\frac{1}{3} − x"],
  ])("give both texts back: %j and %j", (before, after) => {
    const pieces = wordsChanged(before, after);
    const without = (kind: string): string => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join("");
    expect([without("in"), without("out")]).toEqual([before, after]);
  });

  it("of very long texts are compared as a whole", () => {
    expect(wordsChanged("a ".repeat(2_000), "b").map((piece) => piece.kind)).toEqual(["out", "in"]);
  });
});
