import { describe, expect, it } from "vitest";
import { Problem } from "@/base/problem";
import { errorsOf, isStale, placeOf } from "@/teacher/bank/errors";
import { argumentsOf, changed, filtersOf, narrowedBy, queryOf } from "@/teacher/bank/filters";
import { byRow, rowsOfRefusal } from "@/teacher/bank/importing";
import { rightsOf } from "@/teacher/bank/rights";
import { SHORT_ANSWER } from "./samples";

const refusal = (status: number, members: Record<string, unknown>): Problem => new Problem(status, "x", "", "", members);

describe("what the API found wrong", () => {
  it("stands at one place, whichever way it is spelled", () => {
    expect(placeOf("parts[1].scheme.steps[0].marks")).toBe("parts.1.scheme.steps.0.marks");
    const nested = { scheme: { steps: { "0": { marks: ["is odd"] } } }, "scheme.steps[0].marks": ["is too much"] };
    expect(errorsOf(refusal(422, { errors: nested }))).toEqual({ "scheme.steps.0.marks": ["is odd", "is too much"] });
    expect(errorsOf(new Error("other"))).toEqual({});
  });

  it("is stale by its status", () => {
    expect([isStale(refusal(412, {})), isStale(refusal(409, {})), isStale(null)]).toEqual([true, false, false]);
  });
});

describe("the filters of the list", () => {
  it("are the same there and back through the address", () => {
    const query = { q: "circles -area", class: "X", level: "basic", unit: "Algebra", marks: "2", mine: "1", status: "draft" };
    expect(queryOf(filtersOf(query))).toEqual(query);
    expect(narrowedBy(filtersOf({}))).toBe(0);
  });

  it("leave out what an address makes up", () => {
    expect(queryOf(filtersOf({ class: "IX", marks: "9", type: ["MCQ"], mine: "yes" }))).toEqual({});
  });

  it("ask the API for what is mine by who I am", () => {
    expect(argumentsOf(filtersOf({ mine: "1", marks: "3", cognitive: "apply" }), "me")).toMatchObject({ author_id: "me", marks: 3, cognitive_level: "apply" });
    expect(argumentsOf(filtersOf({}), "me").author_id).toBeUndefined();
  });

  it("let no chapter outlive its unit, and no unit its class", () => {
    const filters = filtersOf({ class: "X", level: "basic", unit: "Algebra", chapter: "Polynomials" });
    expect(changed(filters, "unit", "Geometry")).toMatchObject({ unit: "Geometry", chapter: "", level: "basic" });
    expect(changed(filters, "class", "XII")).toMatchObject({ unit: "", chapter: "", level: "" });
  });
});

describe("what may be done to a question", () => {
  const [author, other, admin] = [{ id: "author", role: "teacher" }, { id: "other", role: "teacher" }, { id: "admin", role: "admin" }] as const;
  const version = (status: typeof SHORT_ANSWER.status, is_current = true) => ({ ...SHORT_ANSWER, status, is_current });

  it("of a draft: its author edits, submits and archives it", () => {
    expect(rightsOf(author, [version("draft")])).toEqual({ edit: true, submit: true, review: false, archive: true });
    expect(rightsOf(other, [version("draft")])).toEqual({ edit: false, submit: false, review: false, archive: false });
  });

  it("in review: another teacher or an admin decides, never its author", () => {
    const review = [author, other, admin].map((me) => rightsOf(me, [version("in_review")]).review);
    expect(review).toEqual([false, true, true]);
  });

  it("in use: an admin alone takes it out", () => {
    const versions = [version("draft", false), version("active")];
    expect([author, admin].map((me) => rightsOf(me, versions).archive)).toEqual([false, true]);
  });

  it("archived, or not signed in: nothing", () => {
    const none = { edit: false, submit: false, review: false, archive: false };
    expect(rightsOf(admin, [version("archived")])).toEqual(none);
    expect(rightsOf(null, [version("draft")])).toEqual(none);
    expect(rightsOf(admin, [])).toEqual(none);
  });
});

describe("what an import meets", () => {
  it("is told row by row, in the order of the file", () => {
    const problem = (line: number, field: string) => ({ line, code: `c-${line}`, field, problem: "is wrong" });
    const rows = byRow([problem(9, "unit"), problem(2, "marks"), problem(9, "text")]);
    expect(rows.map((row) => [row.line, row.problems.length])).toEqual([[2, 1], [9, 2]]);
  });

  it("is read from a refusal too", () => {
    expect(rowsOfRefusal(refusal(422, { rows: [{ line: 1 }] }))).toHaveLength(1);
    expect(rowsOfRefusal(refusal(500, {}))).toEqual([]);
  });
});
