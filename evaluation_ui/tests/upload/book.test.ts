import { describe, expect, it } from "vitest";
import { contradictory, lastPage, missing, moved, standings, toggled, unmapped } from "@/student/upload/book";
import { forget, interruptedRoute, remember, remembered } from "@/student/upload/picking";

const PAGES = [
  { id: "a", page_number: 1, question_numbers: [21, 22] },
  { id: "b", page_number: 4, question_numbers: [22] },
  { id: "c", page_number: 5, question_numbers: [] },
];

describe("the answer book", () => {
  const found = standings([21, 22, 23, 24], PAGES, [21, 24]);

  it("knows the pages of each question in reading order, whatever gaps deleting left", () => {
    expect(found.map((each) => each.pages)).toEqual([[1], [1, 2], [], []]);
  });

  it("names what is missing, what contradicts, and pages without a question", () => {
    expect([missing(found), contradictory(found), unmapped(PAGES), lastPage(PAGES)]).toEqual([[23], [21], [3], 5]);
  });

  it("adds and takes out a question, kept in order", () => {
    expect(toggled([21, 24], 22)).toEqual([21, 22, 24]);
    expect(toggled([21, 22], 21)).toEqual([22]);
  });

  it.each([
    [0, 2, ["b", "c", "a"]],
    [2, 0, ["c", "a", "b"]],
    [1, 1, ["a", "b", "c"]],
    [0, -1, ["a", "b", "c"]],
    [2, 3, ["a", "b", "c"]],
  ])("moves a page from %i to %i", (from, to, expected) => expect(moved(["a", "b", "c"], from, to)).toEqual(expected));
});

describe("what was about to be photographed", () => {
  const picking = { examId: "e1", place: { kind: "replace", sheetId: "s3" }, at: 1_000 } as const;

  it("is found again after the tab was lost, and forgotten once done", () => {
    remember(picking);
    expect(remembered(2_000)).toEqual(picking);
    expect(interruptedRoute(2_000)).toBe("/exams/e1/upload");
    forget();
    expect(remembered(2_000)).toBeNull();
  });

  it("is forgotten after half an hour, and when it cannot be read", () => {
    remember(picking);
    expect(remembered(picking.at + 31 * 60_000)).toBeNull();
    localStorage.setItem("mathvidya.picking", "{");
    expect(remembered(0)).toBeNull();
  });
});
