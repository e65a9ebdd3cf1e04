/** What became of an answer: on its way, acknowledged by the server, or refused for good. */
export type Fate = "waiting" | "saved" | "refused";

/** The newest answer to one question, as this device knows it. No choices: it was taken back. */
export interface Answer {
  examId: string;
  number: number;
  choices: string[];
  marked: boolean;
  /** Rises with each change; in milliseconds of the server's time, so that two devices can be compared too. */
  sequence: number;
  answeredAt: string;
  fate: Fate;
  savedAt: string | null;
  /** Why it was refused: the slug of the problem. */
  problem: string | null;
}

/** What the server holds for a question. */
export interface Stored {
  number: number;
  choices: string[];
  marked: boolean;
  sequence: number;
  savedAt: string;
}

/** What the server said to one answer. */
export type Outcome = { number: number; stored: Stored } | { number: number; refused: string };

/** The server's answer to a question, as one of ours. */
export function adopted(examId: string, stored: Stored): Answer {
  return { examId, ...stored, answeredAt: stored.savedAt, fate: "saved", problem: null };
}

/** An answer after the server has spoken to `sent`. */
export function settled(sent: Answer, outcome: Outcome): Answer {
  if ("refused" in outcome) return { ...sent, fate: "refused", problem: outcome.refused };
  return { ...adopted(sent.examId, outcome.stored), answeredAt: sent.answeredAt };
}

/** Whether both say the same. */
export function agree(one: Pick<Answer, "choices" | "marked">, other: Pick<Answer, "choices" | "marked">): boolean {
  return one.marked === other.marked && [...one.choices].sort().join() === [...other.choices].sort().join();
}
