import { describe, expect, it } from "vitest";
import { decimalOf, halvesOf } from "@/teacher/marking/halves";
import type { Key, KeyAnswer, KeyQuestion } from "@/teacher/marking/key";
import { disagree, missing } from "@/teacher/marking/missing";
import { followerOf } from "@/teacher/marking/entry";
import { grainOf, legalMarks, rowsIn, schemesOf, stepId } from "@/teacher/marking/scheme";
import { score } from "@/teacher/marking/score";

const steps = (...marks: string[]) => marks.map((each) => ({ marks: each, text: `shows ${each}` }));
const answer = (...marks: string[]): KeyAnswer => ({ marks: "3", solution: "", scheme: { steps: steps(...marks) }, parts: [] });
const question = (more: Partial<KeyQuestion>): KeyQuestion => ({ number: 7, alternative: null, ...answer("1", "2"), ...more });
const schemeFor = (more: Partial<KeyQuestion>) => schemesOf({ schema: 1, questions: [question(more)] } as Key, [7])[0]!;
const at = (step: number, more: object = {}) => stepId({ part: "", alternative: "first", method: 0, step, ...more });

describe("marks as they are written", () => {
  it.each([["2", 4], ["2.5", 5], [".5", 1], ["2½", 5], ["½", 1], ["1,5", 3], ["0", 0], ["1.0", 2]])("%s", (written, halves) => {
    expect(halvesOf(written)).toBe(halves);
  });
  it.each(["", ".", "2.3", "-1", "two", "1.55", "1e1"])("%s is none", (written) => expect(halvesOf(written)).toBeNull());
  it("travel as decimals", () => expect([0, 1, 5].map(decimalOf)).toEqual(["0", "0.5", "2.5"]));
});

describe("legal marks", () => {
  it("go in halves up to what the step carries", () => {
    const scheme = schemeFor({});
    expect(legalMarks(rowsIn(scheme)[0]!, grainOf(scheme))).toEqual([0, 1, 2]);
  });
  it("of a one-mark question are right or wrong", () => {
    const scheme = schemeFor({ marks: "1", scheme: { steps: steps("1") } });
    expect(legalMarks(rowsIn(scheme)[0]!, grainOf(scheme))).toEqual([0, 2]);
  });
  it("of a one-mark question with half steps are halves", () => {
    expect(grainOf(schemeFor({ marks: "1", scheme: { steps: steps("0.5", "0.5") } }))).toBe(1);
  });
  it("without a scheme are those of the whole answer", () => {
    expect(rowsIn(schemeFor({ scheme: null })).map((row) => row.possible)).toEqual([6]);
  });
});

describe("the score", () => {
  const or = schemeFor({ alternative: answer("1.5", "1.5") });
  const other = (step: number) => at(step, { alternative: "second" });

  it("counts the better alternative and strikes the other", () => {
    const found = score(or, { [at(1)]: 2, [other(1)]: 3 });
    expect(found.awarded).toBe(3);
    expect(found.given).toBe(5);
    expect(found.counted).toEqual({ "": "second" });
    expect([...found.struck]).toEqual([at(1)]);
  });
  it("at equal marks counts the first", () => {
    expect(score(or, { [at(1)]: 2, [other(1)]: 2 }).counted).toEqual({ "": "first" });
  });
  it("counts the better method of one answer", () => {
    const scheme = schemeFor({ scheme: { steps: steps("1", "2"), alternatives: [{ title: "by areas", steps: steps("3") }] } });
    const second = at(1, { method: 1 });
    expect(score(scheme, { [at(1)]: 2, [second]: 5 })).toMatchObject({ awarded: 5 });
    expect([...score(scheme, { [at(1)]: 2, [second]: 5 }).struck]).toEqual([at(1)]);
  });
  it("names the parts that were not looked at", () => {
    const part = (label: string) => ({ label, marks: "1", solution: "", scheme: { steps: steps("1") }, alternative: null });
    const scheme = schemeFor({ scheme: {}, parts: [part("i"), part("ii")] });
    expect(score(scheme, { [stepId({ part: "i", alternative: "first", method: 0, step: 1 })]: 2 }).unmarkedParts).toEqual(["ii"]);
    expect(followerOf(rowsIn(scheme), rowsIn(scheme)[0]!)?.part).toBe("ii");
  });
  it("of two whole case studies counts the better side", () => {
    const part = { label: "i", marks: "4", solution: "", scheme: { steps: steps("4") }, alternative: null };
    const scheme = schemeFor({ marks: "4", scheme: {}, parts: [part], alternative: { ...answer(), scheme: {}, parts: [part] } });
    const side = (label: string) => stepId({ part: label, alternative: "first", method: 0, step: 1 });
    expect(score(scheme, { [side("i")]: 2, [side("or-i")]: 6 })).toMatchObject({ awarded: 6, unmarkedParts: [] });
  });
});

describe("what is missing", () => {
  const scheme = schemeFor({});
  const draft = (marks: Record<string, number>, notAttempted = false) => new Map([[7, { steps: marks, notAttempted, remark: "" }]]);
  const stamp = (kind: string, marks: string | null = null) => ({ kind, question: 7, marks });

  it("is a question without a mark, unless it was declared unanswered or not attempted", () => {
    expect(missing([scheme], new Map(), [], [])).toMatchObject([{ number: 7, reason: "unmarked" }]);
    expect(missing([scheme], new Map(), [7], [])).toEqual([]);
    expect(missing([scheme], draft({}, true), [], [])).toEqual([]);
  });
  it("is a remark without a step", () => {
    expect(missing([scheme], draft({}), [], [])).toMatchObject([{ reason: "unmarked" }]);
  });
  it("is a stamp that says something else than the mark", () => {
    expect(missing([scheme], draft({ [at(1)]: 2 }), [], [stamp("cross")])).toMatchObject([{ reason: "stamps", stamped: 0, awarded: 2 }]);
    expect(missing([scheme], draft({ [at(1)]: 2 }), [], [stamp("cross"), stamp("tick")])).toEqual([]);
    expect(disagree(score(scheme, { [at(1)]: 2 }), [stamp("circle"), stamp("star")])).toBe(false);
    expect(disagree(score(scheme, { [at(1)]: 1 }), [stamp("half")])).toBe(false);
  });
});
