import type { Answer, Outcome, Stored } from "@/student/sitting/answers/answer";
import type { AnswerStore } from "@/student/sitting/answers/outbox";
import { Outbox } from "@/student/sitting/answers/outbox";
import { Problem, Unreachable } from "@/base/problem";

/** A device that keeps answers in memory: what one page wrote, the next one finds. */
export class Memory implements AnswerStore {
  readonly kept = new Map<number, Answer>();
  broken = false;

  async all(): Promise<Answer[]> {
    this.check();
    return [...this.kept.values()];
  }

  async change(_examId: string, number: number, by: (kept: Answer | undefined) => Answer | undefined): Promise<void> {
    this.check();
    const next = by(this.kept.get(number));
    if (next) this.kept.set(number, structuredClone(next));
  }

  private check(): void {
    if (this.broken) throw new Error("no storage here");
  }
}

/** A server that keeps the newest answer by sequence, and can be out of reach or refuse. */
export class Server {
  readonly stored = new Map<number, Stored>();
  readonly journeys: number[][] = [];
  offline = false;
  losesReplies = false;
  refuses: Problem | null = null;
  refusesNumber: number | null = null;

  async send(answers: Answer[]): Promise<Outcome[]> {
    if (this.offline) throw new Unreachable("offline");
    if (this.refuses) throw this.refuses;
    this.journeys.push(answers.map((answer) => answer.number));
    const outcomes = answers.map((answer) => this.save(answer));
    if (this.losesReplies) throw new Unreachable("the reply was lost");
    return outcomes;
  }

  private save(answer: Answer): Outcome {
    const { number, choices, marked, sequence } = answer;
    if (number === this.refusesNumber) return { number, refused: "answer-after-time" };
    const kept = this.stored.get(number);
    const newest = kept && kept.sequence >= sequence ? kept : { number, choices, marked, sequence, savedAt: "2026-11-25T07:00:00Z" };
    this.stored.set(number, newest);
    return { number, stored: newest };
  }
}

/** An outbox between the two; `pass` lets the waiting time go by. */
export function outboxBetween(store: Memory, server: Server, overtaken: (number: number) => void = () => undefined) {
  const calls: { ms: number; call: () => void }[] = [];
  let time = 1_000;
  const outbox = new Outbox({
    examId: "exam",
    store,
    send: (answers) => server.send(answers),
    now: () => time++,
    later: (ms, call) => void calls.push({ ms, call }),
    overtaken,
  });
  const pass = async (): Promise<number> => {
    const { ms, call } = calls.shift()!;
    call();
    await outbox.flush();
    return ms;
  };
  return { outbox, pass, calls };
}

/** A refusal by the server. */
export function problem(status: number, slug: string): Problem {
  return new Problem(status, slug, slug, "", {});
}
