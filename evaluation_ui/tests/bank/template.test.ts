import { describe, expect, it } from "vitest";
import reference from "../../../seeds/reference/templates.json";
import { addTexts } from "@/base/texts";
import { compare } from "@/teacher/bank/compare";
import { draftOf, emptyTemplate, patternsOf, patternsTyped, specOf, totalsOf, wholeOf } from "@/teacher/templates/draft";
import type { Spec } from "@/teacher/templates/model";
import { rowsOf } from "@/teacher/templates/rows";
import { lettersOf, shortageText } from "@/teacher/templates/shortages";
import en from "@/texts/en/templates.json";
import hi from "@/texts/hi/templates.json";

addTexts({ en, hi });
const specs = reference.templates.map((template) => template as unknown as Spec);

describe("a template and its draft", () => {
  it.each(specs.map((spec) => [spec.code, spec] as const))("%s is the same there and back", (_code, spec) => {
    expect(specOf(draftOf(spec))).toEqual(spec);
  });

  it("comes to what its sections ask and its units are given", () => {
    const board = specs.find((spec) => spec.code === "cbse-xii-board")!;
    expect(totalsOf(draftOf(board))).toEqual({ questions: 38, marks: 80, unitMarks: 80 });
  });

  it("sends what is no number as null, for the API to name", () => {
    expect(specOf({ ...emptyTemplate(), minutes: "soon" }).minutes).toBeNull();
    expect([wholeOf("12"), wholeOf("1.5"), wholeOf("")]).toEqual([12, null, null]);
  });

  it("leaves open what is left empty", () => {
    expect(specOf(emptyTemplate())).toMatchObject({ unit_marks: null, cognitive: null, difficulty: null, course_level: null });
  });

  it("reads the divisions of case studies as they are typed", () => {
    expect(patternsOf("1+1+2 = 2; 2 + 2: 1")).toEqual({ "1+1+2": 2, "2+2": 1 });
    expect(patternsOf(" ")).toBeNull();
    expect(patternsTyped({ "1+1+2": 2, "2+2": 1 })).toBe("1+1+2 = 2; 2+2 = 1");
  });

  it("shows what differs between two of its versions", () => {
    const spec = specs[0]!;
    const found = compare(rowsOf(spec), rowsOf({ ...spec, minutes: 90 })).filter((row) => row.changed);
    expect(found.map((row) => row.place)).toEqual(["minutes"]);
  });
});

describe("what is missing", () => {
  it("is named by section, kind, unit and number", () => {
    const shortage = { sections: "('B', 'C')", type: "SA", marks: 3, pattern: "", unit: "Calculus", levels: "apply", needed: 6, available: 2 };
    expect(shortageText(shortage)).toBe("Section B, C: Short answer of 3 in Calculus (apply): 6 needed, 2 in the bank, 4 missing.");
  });

  it("reads section letters from any spelling", () => {
    expect([lettersOf("('B',)"), lettersOf("B"), lettersOf(["B", "C"])]).toEqual([["B"], ["B"], ["B", "C"]]);
  });
});
