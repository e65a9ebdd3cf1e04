import { expect, it } from "vitest";
import { BLANK, draftOf as personDraft, invitationLink, profileOf, standingOf } from "@/admin/people/standing";
import { draftOf, paiseOf, rupeesText, termsOf } from "@/admin/plans/terms";

const PLAN = {
  name: "centum",
  title: "Centum",
  monthly_paise: 149_950,
  yearly_paise: 1_499_900,
  exams_per_month: 30,
  exam_types: ["board_exam", "section_mcq"],
  mcq_only: false,
  leaderboard: true,
  sla_policy: { unit: "working_day", amount: 1 },
  teacher_hours: "1.5",
  version: 3,
} as const;

it("gives a plan back as it was read", () => {
  const { name: _name, version: _version, ...terms } = PLAN;
  expect(termsOf(draftOf({ ...PLAN, exam_types: [...PLAN.exam_types] }))).toEqual(terms);
});

it.each([["1499", 149_900], ["1,499.5", 149_950], ["0.07", 7], ["29.99", 2_999]])("reads ₹%s as %i paise", (text, paise) => {
  expect(paiseOf(text)).toBe(paise);
  expect(paiseOf(rupeesText(paise))).toBe(paise);
});

it.each(["", "free", "-1", "1.234", "1e3"])("takes no price from %j", (text) => {
  expect(paiseOf(text)).toBeNull();
  expect(termsOf({ ...draftOf({ ...PLAN, exam_types: [] }), monthly: text })).toBeNull();
});

it("sends of a person only what belongs to the role", () => {
  const typed = { ...BLANK, class_level: "X" as const, course_level: "basic" as const, may_mark: ["X" as const], daily_cap: "7", extra_time_percent: "25" };
  expect(profileOf({ ...typed, role: "teacher" })).toMatchObject({ class_level: null, may_mark: ["X"], daily_cap: 7, extra_time_percent: 0 });
  expect(profileOf({ ...typed, role: "student" })).toMatchObject({ class_level: "X", course_level: "basic", may_mark: [], daily_cap: null, extra_time_percent: 25 });
  expect(profileOf({ ...typed, role: "student", class_level: "XII" }).course_level).toBeNull();
});

it("gives a person back as they were read", () => {
  const person = { ...profileOf({ ...BLANK, full_name: "A teacher", email: "t@mathvidya.example", may_mark: ["XII"] }), id: "1", created_at: "", locked_until: null, disabled_at: null, version: 1 };
  expect(profileOf(personDraft(person))).toEqual(profileOf({ ...BLANK, full_name: "A teacher", email: "t@mathvidya.example", may_mark: ["XII"] }));
});

it("knows who can sign in", () => {
  const now = Date.parse("2026-11-25T10:00:00Z");
  expect(standingOf({ disabled_at: null, locked_until: null }, now)).toBe("active");
  expect(standingOf({ disabled_at: null, locked_until: "2026-11-25T10:00:01Z" }, now)).toBe("locked");
  expect(standingOf({ disabled_at: null, locked_until: "2026-11-25T09:59:59Z" }, now)).toBe("active");
  expect(standingOf({ disabled_at: "2026-11-01T00:00:00Z", locked_until: "2026-11-26T00:00:00Z" }, now)).toBe("disabled");
});

it("keeps the token of an invitation out of what servers see", () => {
  const link = new URL(invitationLink("https://mathvidya.example", "a+b/c="));
  expect([link.pathname, link.search]).toEqual(["/", ""]);
  expect(new URLSearchParams(link.hash.slice(1)).get("invitation")).toBe("a+b/c=");
});
