import type { PaperQuestion } from "@/components/paper";
import type { UnitShare } from "@/components/UnitChart.vue";

const nothing = { unit: "", chapter: "", image: null, choices: [], assertion: null, reason: null, parts: [], alternative: null };

export const choices: PaperQuestion = {
  ...nothing,
  number: 1,
  type: "MCQ",
  marks: "1",
  text: "If $A = \\begin{bmatrix} 2 & 0 \\\\ 0 & 2 \\end{bmatrix}$, then $A^3$ equals",
  choices: ["$2A$", "$4A$", "$8A$", "$A$"].map((text, index) => ({ label: "abcd"[index] ?? "", text })),
};

export const caseStudy: PaperQuestion = {
  ...nothing,
  number: 36,
  type: "CASE_STUDY",
  marks: "4",
  text: "A tank is filled by two taps. After $t$ minutes it holds $V(t) = 3t^2 + 2t$ litres.",
  parts: [
    { label: "i", marks: "1", text: "Find $V'(t)$.", alternative: null },
    { label: "ii", marks: "1", text: "When is the tank filled at $20$ litres a minute?", alternative: null },
    { label: "iii", marks: "2", text: "How much flows in between $t = 1$ and $t = 3$?", alternative: { text: "Show that $V$ is increasing for $t > 0$." } },
  ],
};

export const units: UnitShare[] = [
  { unit: "Calculus", share: 0.72, words: "25 / 35" },
  { unit: "Algebra", share: 0.4, words: "4 / 10" },
  { unit: "Probability", share: 1, words: "8 / 8" },
];
