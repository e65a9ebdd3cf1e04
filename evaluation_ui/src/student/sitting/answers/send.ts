import type { components } from "@/api/schema";
import { api, ask } from "@/base/api";
import { Problem } from "@/base/problem";
import type { Answer, Outcome, Stored } from "./answer";

type Saved = components["schemas"]["SavedAnswer"] | components["schemas"]["StoredAnswer"];

const REFUSALS = new Set([400, 409, 422]);

/** Carry answers to the server: one by itself, several in one journey. */
export async function send(answers: Answer[]): Promise<Outcome[]> {
  const [first, ...more] = answers;
  if (first === undefined) return [];
  return more.length === 0 ? [await sendOne(first)] : sendAll(first.examId, answers);
}

/** What the server holds. */
export async function fetchStored(examId: string): Promise<Stored[]> {
  const { answers } = await ask(api.GET("/api/v1/exams/{exam_id}/answers", { params: { path: { exam_id: examId } } }));
  return answers.map(storedOf);
}

async function sendOne(answer: Answer): Promise<Outcome> {
  const path = { exam_id: answer.examId, number: answer.number };
  try {
    return { number: answer.number, stored: storedOf(await ask(api.PUT("/api/v1/exams/{exam_id}/answers/{number}", { params: { path }, body: bodyOf(answer) }))) };
  } catch (error) {
    if (error instanceof Problem && REFUSALS.has(error.status)) return { number: answer.number, refused: error.slug };
    throw error;
  }
}

async function sendAll(examId: string, answers: Answer[]): Promise<Outcome[]> {
  const body = { answers: answers.map((answer) => ({ number: answer.number, ...bodyOf(answer) })) };
  const said = await ask(api.PUT("/api/v1/exams/{exam_id}/answers", { params: { path: { exam_id: examId } }, body }));
  return said.answers.map(({ number, saved, problem }) =>
    saved ? { number, stored: storedOf(saved) } : { number, refused: problem?.type?.split("/").pop() ?? "refused" },
  );
}

function bodyOf(answer: Answer): components["schemas"]["Answer"] {
  return { choices: answer.choices, sequence: answer.sequence, answered_at: answer.answeredAt, marked_for_review: answer.marked };
}

function storedOf(saved: Saved): Stored {
  return { number: saved.number, choices: saved.choices, marked: saved.marked_for_review, sequence: saved.sequence, savedAt: saved.saved_at };
}
