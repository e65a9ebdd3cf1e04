import type { Question } from "@/teacher/bank/model";

/** A short answer as the API gives it. */
export const SHORT_ANSWER: Question = {
  question_id: "0193-q",
  version: 2,
  is_current: true,
  code: "xii-integrals-sa-01",
  status: "active",
  type: "SA",
  class_level: "XII",
  levels: [],
  unit: "Calculus",
  chapter: "Integrals",
  marks: 3,
  pattern: "",
  cognitive_level: "apply",
  difficulty: "medium",
  tags: ["by-parts"],
  text: "Find $\\int x e^x \\, dx$.",
  assertion: null,
  reason: null,
  uses: 4,
  created_by: "author",
  created_at: "2026-11-21T09:00:00Z",
  approved_at: null,
  approved_by: null,
  image_key: null,
  choices: [],
  correct_choices: [],
  solution: "$x e^x - e^x + C$",
  scheme: {
    steps: [
      { marks: "1.50", text: "By parts" },
      { marks: "1.50", text: "Result" },
    ],
    alternatives: [{ title: "By differentiating", steps: [{ marks: "3", text: "Shows it" }] }],
    follow_through: null,
  },
  parts: [],
};

const scheme = (marks: string): Question["parts"][number]["scheme"] => ({ steps: [{ marks, text: "Does it" }], alternatives: [], follow_through: null });

/** A case study with an OR in its last part. */
export const CASE_STUDY: Question = {
  ...SHORT_ANSWER,
  type: "CASE_STUDY",
  marks: 4,
  pattern: "1+1+2",
  text: "A tank fills.",
  solution: "",
  scheme: null,
  parts: [
    { label: "i", marks: 1, text: "a", solution: "b", scheme: scheme("1"), alternative: null },
    { label: "ii", marks: 1, text: "c", solution: "d", scheme: scheme("1"), alternative: null },
    { label: "iii", marks: 2, text: "e", solution: "f", scheme: scheme("2"), alternative: { text: "g", solution: "h", scheme: scheme("2") } },
  ],
};

/** An MCQ. */
export const MCQ: Question = {
  ...SHORT_ANSWER,
  type: "MCQ",
  marks: 1,
  scheme: null,
  choices: ["1", "2", "3", "4"].map((text, index) => ({ label: "ABCD"[index]!, text })),
  correct_choices: ["B"],
};
