import type { components } from "@/api/schema";
import { moment, workingTime } from "@/base/format";
import { t } from "@/base/texts";

export type Exam = components["schemas"]["Exam"];
export type Owed = components["schemas"]["Promise"];
export type Tone = "on_track" | "due_soon" | "breached" | "paused";

const ACTIVE = new Set(["created", "in_progress", "uploading"]);
const SOON_MINUTES = 120;

/** Whether the exam still occupies its student: one at a time. */
export function isActive(exam: Exam): boolean {
  return ACTIVE.has(exam.state);
}

/** Where a tap on an exam leads. */
export function addressOf(exam: Exam): string {
  if (exam.state === "published") return `/exams/${exam.id}/result`;
  if (exam.state === "created" || exam.state === "in_progress") return `/exams/${exam.id}`;
  return `/exams/${exam.id}/upload`;
}

/** Whether there is anything behind an exam to look at. */
export function opens(exam: Exam): boolean {
  return exam.state !== "voided" && exam.state !== "abandoned";
}

/** The state of an exam in words: with a teacher, due Tue 14:20, 5 working hours left. */
export function wordsOf(exam: Exam, promise: Owed | undefined): string {
  if (promise === undefined || promise.clock === "stopped") return t(`student.state.${exam.state}`);
  return [t(`student.where.${promise.whereabouts}`), ...dueWords(promise)].join(", ");
}

function dueWords(promise: Owed): string[] {
  const left = promise.minutes_left;
  if (promise.clock === "paused") return [t("student.due.paused")];
  if (promise.due_at === null) return [];
  const due = moment(promise.due_at);
  if (promise.breached_at !== null || (left !== null && left < 0)) return [t("student.due.late", { due })];
  return [t("student.due.at", { due }), ...(left === null ? [] : [t("student.due.left", { time: workingTime(left) })])];
}

/** How a promise stands, for the chip; null where none is owed. */
export function toneOf(promise: Owed | undefined): Tone | null {
  if (promise === undefined || promise.clock === "stopped") return null;
  if (promise.clock === "paused") return "paused";
  if (promise.breached_at !== null || (promise.minutes_left ?? 0) < 0) return "breached";
  return (promise.minutes_left ?? Infinity) <= SOON_MINUTES ? "due_soon" : "on_track";
}
