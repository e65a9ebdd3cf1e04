import type { Plan } from "../shared/types";

export type ExamType = Plan["exam_types"][number];
export const EXAM_TYPES: readonly ExamType[] = ["board_exam", "section_mcq", "section_vsa", "section_sa", "unit_practice"];

/** The terms of a plan as an admin types them: prices in rupees. */
export interface TermsDraft {
  title: string;
  monthly: string;
  yearly: string;
  exams_per_month: string;
  exam_types: ExamType[];
  mcq_only: boolean;
  leaderboard: boolean;
  unit: "working_day" | "working_minute";
  amount: string;
  teacher_hours: string;
}

const PAISE = 100;

export function draftOf(plan: Plan): TermsDraft {
  return {
    title: plan.title,
    monthly: rupeesText(plan.monthly_paise),
    yearly: rupeesText(plan.yearly_paise),
    exams_per_month: String(plan.exams_per_month),
    exam_types: [...plan.exam_types],
    mcq_only: plan.mcq_only,
    leaderboard: plan.leaderboard,
    unit: plan.sla_policy.unit,
    amount: String(plan.sla_policy.amount),
    teacher_hours: plan.teacher_hours ?? "",
  };
}

/** The draft as the API takes it; null where a number cannot be read. */
export function termsOf(draft: TermsDraft) {
  const [monthly_paise, yearly_paise] = [paiseOf(draft.monthly), paiseOf(draft.yearly)];
  const [exams_per_month, amount] = [wholeOf(draft.exams_per_month), wholeOf(draft.amount)];
  if (monthly_paise === null || yearly_paise === null || exams_per_month === null || amount === null) return null;
  return {
    title: draft.title,
    monthly_paise,
    yearly_paise,
    exams_per_month,
    exam_types: EXAM_TYPES.filter((type) => draft.exam_types.includes(type)),
    mcq_only: draft.mcq_only,
    leaderboard: draft.leaderboard,
    sla_policy: { unit: draft.unit, amount },
    teacher_hours: draft.teacher_hours.trim() || null,
  };
}

/** Paise from rupees with at most two decimals, without a float in between; null when it is no price. */
export function paiseOf(text: string): number | null {
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(",", ""));
  return found ? Number(found[1]) * PAISE + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

export function rupeesText(paise: number): string {
  const rest = paise % PAISE;
  return `${Math.trunc(paise / PAISE)}${rest ? `.${String(rest).padStart(2, "0")}` : ""}`;
}

function wholeOf(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}
