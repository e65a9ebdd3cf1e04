import { isChosen, type PaperQuestion } from "@/components/paper";
import type { Answer } from "./answers/answer";
import type { Note } from "./notes";

/** Where a student stands with a question: what the navigator shows, and says. */
export interface QuestionStanding {
  number: number;
  done: "answered" | "open" | "written" | "to-write";
  marked: boolean;
}

/** The standing of one question. */
export function standingOf(question: PaperQuestion, answer: Answer | undefined, note: Note): QuestionStanding {
  if (!isChosen(question)) return { number: question.number, done: note.written ? "written" : "to-write", marked: note.marked };
  return { number: question.number, done: answer?.choices.length ? "answered" : "open", marked: answer?.marked ?? false };
}

/** How many questions stand how. */
export function counted(standings: QuestionStanding[]): Record<QuestionStanding["done"] | "marked", number> {
  const count = (done: QuestionStanding["done"]): number => standings.filter((each) => each.done === done).length;
  return { answered: count("answered"), open: count("open"), written: count("written"), "to-write": count("to-write"), marked: standings.filter((each) => each.marked).length };
}
