import { describe, expect, it } from "vitest";
import facts from "../../../seeds/reference/cbse_papers.json";
import { contentOf, differs, draftOf, emptyDraft, shownOf, tagsOf } from "@/teacher/bank/draft";
import { digestOf, FIXED_CHOICES, type Question } from "@/teacher/bank/model";
import { chaptersOf, SYLLABUS, unitsOf } from "@/teacher/bank/syllabus";
import { CASE_STUDY, MCQ, SHORT_ANSWER } from "./samples";

const contentIn = (question: Question): Record<string, unknown> => {
  const { type, class_level, levels, unit, chapter, marks, cognitive_level, difficulty, tags, text, choices, correct_choices, assertion, reason, solution, scheme, parts } = question;
  return { type, class_level, levels, unit, chapter, marks, cognitive_level, difficulty, tags, text, choices, correct_choices, assertion, reason, solution, scheme, parts };
};

describe("a question and its draft", () => {
  it.each([MCQ, CASE_STUDY])("give the same content there and back", (question) => {
    expect(contentOf(draftOf(question))).toEqual(contentIn(question));
  });

  it("give marks of steps as halves, however many places they came with", () => {
    expect(contentOf(draftOf(SHORT_ANSWER)).scheme?.steps.map((step) => step.marks)).toEqual(["1.5", "1.5"]);
    expect(differs(draftOf(SHORT_ANSWER), SHORT_ANSWER)).toBe(false);
  });

  it("differ by a changed word, not by a figure, which is saved by itself", () => {
    expect(differs({ ...draftOf(SHORT_ANSWER), solution: "other" }, SHORT_ANSWER)).toBe(true);
    expect(differs({ ...draftOf(SHORT_ANSWER), image_key: "questions/ab.webp" }, SHORT_ANSWER)).toBe(false);
  });

  it("send the fields of their own type and no others, and keep the rest while the type changes", () => {
    const draft = { ...draftOf(MCQ), type: "ASSERTION_REASON" as const, assertion: "A", reason: "R" };
    expect(contentOf(draft)).toMatchObject({ text: "", choices: [], scheme: null, parts: [], correct_choices: ["B"] });
    expect(contentOf({ ...draft, type: "MCQ" }).choices).toEqual(MCQ.choices);
  });

  it("name levels for class X only, and tags once", () => {
    const draft = { ...emptyDraft(), levels: ["basic" as const] };
    expect(contentOf(draft).levels).toEqual([]);
    expect(contentOf({ ...draft, class_level: "X" }).levels).toEqual(["basic"]);
    expect(tagsOf("graphs, word-problem; graphs,")).toEqual(["graphs", "word-problem"]);
  });

  it("are shown as the paper shows them", () => {
    expect(shownOf({ ...emptyDraft(), type: "ASSERTION_REASON" }).choices).toEqual(FIXED_CHOICES);
    expect(shownOf(draftOf(CASE_STUDY)).parts[2]).toMatchObject({ marks: "2", alternative: { text: "g" } });
    expect([digestOf("questions/ab12.webp"), digestOf(null)]).toEqual(["ab12", null]);
  });
});

describe("the board's facts", () => {
  const papers = facts.papers.filter((paper) => Array.isArray(paper.units)) as { class: "X" | "XII"; units: { unit: string; chapters: string[] }[] }[];

  it("are those that the house reads", () => {
    for (const paper of papers) expect(SYLLABUS[paper.class]).toEqual(Object.fromEntries(paper.units.map(({ unit, chapters }) => [unit, chapters])));
    expect(FIXED_CHOICES.map((choice) => choice.text)).toEqual(facts.assertion_reason_options);
  });

  it("are those of both classes where none is chosen", () => {
    expect(unitsOf("")).toEqual([...new Set([...unitsOf("X"), ...unitsOf("XII")])]);
    expect(chaptersOf("XII", "Calculus")).toContain("Integrals");
    expect(chaptersOf("X", "Calculus")).toEqual([]);
  });
});
