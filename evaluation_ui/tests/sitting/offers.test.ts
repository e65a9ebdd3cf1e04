import { describe, expect, it } from "vitest";
import { Problem } from "@/base/problem";
import { groupOf, offersOf, refusalOf, type Plan, type Template } from "@/student/choose/offers";

const plan = (name: Plan["name"], title: string, exam_types: Plan["exam_types"]): Plan => ({ name, title, exam_types }) as Plan;
const template = (exam_type: Template["exam_type"]): Template => ({ id: exam_type, code: exam_type, exam_type }) as Template;
const PLANS = [plan("basic", "Basic", ["board_exam"]), plan("premium", "Premium", ["board_exam", "unit_practice"])];

describe("what can be chosen", () => {
  it("is what the plan has; for the rest, the plans that have it", () => {
    const offers = offersOf([template("board_exam"), template("unit_practice")], PLANS, "basic");
    expect(offers.map(({ allowed, plans }) => [allowed, plans])).toEqual([[true, ["Basic", "Premium"]], [false, ["Premium"]]]);
  });

  it("is nothing without a plan", () => {
    expect(offersOf([template("board_exam")], PLANS, undefined)[0]?.allowed).toBe(false);
  });

  it("stands in three groups", () => {
    expect([template("board_exam"), template("section_sa"), template("unit_practice")].map(groupOf)).toEqual(["board", "section", "unit"]);
  });
});

describe("a refused draw", () => {
  const refused = (slug: string, members: Record<string, unknown> = {}): Problem => new Problem(409, slug, "", "", members);

  it("says what was used and when the next period begins", () => {
    expect(refusalOf(refused("quota-exceeded", { used: 5, allowed: 5, next_period_start: "2026-12-01" }))).toEqual({ key: "quota-exceeded", values: { used: "5", allowed: "5", next: "2026-12-01" } });
    expect(refusalOf(refused("quota-exceeded", { used: 5, allowed: 5, next_period_start: null }))?.key).toBe("quota-exceeded-last");
  });

  it("leaves what it has no words for to the general ones", () => {
    expect(refusalOf(refused("template-cannot-be-filled"))).toBeNull();
    expect(refusalOf(refused("consent-missing"))?.key).toBe("consent-missing");
  });
});
