import type { components } from "@/api/schema";

type Exam = Pick<components["schemas"]["Exam"], "answering_ends_at" | "accepts_until" | "upload_ends_at">;
export type Phase = "answering" | "grace" | "uploading" | "over";

/** The limits of a sitting, in milliseconds of the server's time. */
export interface Limits {
  answeringEnds: number;
  acceptsUntil: number;
  uploadEnds: number | null;
}

/** How far the server's time is ahead of this device's, and how wrong that may be. */
export interface Offset {
  ms: number;
  within: number;
}

/** Minutes before the end at which the time is spoken; oftener would disturb. */
export const SPOKEN_MINUTES = [30, 10, 5, 1] as const;

const MINUTE_MS = 60_000;

/** The limits of a started exam; null before the start. */
export function limitsOf(exam: Exam): Limits | null {
  if (exam.answering_ends_at === null || exam.accepts_until === null) return null;
  return {
    answeringEnds: Date.parse(exam.answering_ends_at),
    acceptsUntil: Date.parse(exam.accepts_until),
    uploadEnds: exam.upload_ends_at === null ? null : Date.parse(exam.upload_ends_at),
  };
}

/** What the student can do at `now`. A limit belongs to what comes after it, as on the server. */
export function phaseAt(limits: Limits, now: number): Phase {
  if (now < limits.answeringEnds) return "answering";
  if (now < limits.acceptsUntil) return "grace";
  return limits.uploadEnds !== null && now < limits.uploadEnds ? "uploading" : "over";
}

/** The minutes to be spoken when time went on from `before` to `now`: the last of the marks that were passed. */
export function spokenBetween(before: number, now: number, end: number): number | null {
  const passed = SPOKEN_MINUTES.filter((minutes) => before < end - minutes * MINUTE_MS && end - minutes * MINUTE_MS <= now);
  return now < end ? (passed.at(-1) ?? null) : null;
}

/** What an answer that said `serverNow` tells of the server's clock: at best the middle of its journey. */
export function offsetFrom(serverNow: number, sentAt: number, receivedAt: number): Offset {
  return { ms: serverNow - (sentAt + receivedAt) / 2, within: Math.max(0, receivedAt - sentAt) / 2 };
}

/** The one to believe: the surer of two that agree; the newer where they cannot both be true. */
export function believed(kept: Offset | null, heard: Offset): Offset {
  if (kept === null || Math.abs(kept.ms - heard.ms) > kept.within + heard.within) return heard;
  return heard.within <= kept.within ? heard : kept;
}
