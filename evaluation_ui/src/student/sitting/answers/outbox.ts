import { ref, shallowReactive } from "vue";
import { Problem } from "@/base/problem";
import { adopted, agree, settled, type Answer, type Outcome, type Stored } from "./answer";

/** Where answers outlive the page. `change` reads and writes in one step; undefined leaves what is kept. */
export interface AnswerStore {
  all(examId: string): Promise<Answer[]>;
  change(examId: string, number: number, by: (kept: Answer | undefined) => Answer | undefined): Promise<void>;
}

export interface OutboxParts {
  examId: string;
  store: AnswerStore;
  /** Carries answers to the server. Throws Problem where all of it is refused, Unreachable without a network. */
  send(answers: Answer[]): Promise<Outcome[]>;
  /** The server's time. */
  now(): number;
  /** Calls back after a while. */
  later(ms: number, call: () => void): void;
  /** Told when a newer answer from another device took the place of one from here. */
  overtaken?(number: number): void;
}

export type Link = "up" | "down" | "signed-out";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const MOST_AT_ONCE = 100;
const PASSING = new Set([401, 403, 408, 429]);

/** Answers on their way: on this device first, then sent until the server has spoken; the newest wins. */
export class Outbox {
  readonly answers = shallowReactive(new Map<number, Answer>());
  readonly link = ref<Link>("up");
  /** The device keeps nothing: what waits lives only as long as the page. */
  readonly fragile = ref(false);
  private failures = 0;
  private timed = false;
  private sending: Promise<void> | null = null;

  constructor(private readonly parts: OutboxParts) {}

  /** Take up what this device keeps. */
  async open(): Promise<void> {
    const kept = await this.parts.store.all(this.parts.examId).catch(() => this.unkept([]));
    for (const answer of kept) this.show(answer);
  }

  /** Take up what the server holds: newer answers from elsewhere; ours that are newer stay and wait. */
  async merge(stored: Stored[]): Promise<void> {
    for (const each of stored) await this.keep(adopted(this.parts.examId, each), (kept) => each.sequence < kept.sequence);
  }

  /** Answer a question. It is on this device when this resolves, and on its way to the server. */
  async put(number: number, choices: string[], marked: boolean): Promise<void> {
    const now = this.parts.now();
    const sequence = Math.max(Math.ceil(now), (this.answers.get(number)?.sequence ?? 0) + 1);
    const answeredAt = new Date(now).toISOString();
    const answer: Answer = { examId: this.parts.examId, number, choices, marked, sequence, answeredAt, fate: "waiting", savedAt: null, problem: null };
    this.show(answer);
    await this.keep(answer, (kept) => kept.sequence > sequence);
    void this.flush();
  }

  /** Try now, whatever the last failure said: the network is back, or the page is looked at again. */
  async wake(): Promise<void> {
    this.failures = 0;
    await this.flush();
  }

  /** Send what waits, until nothing does or the server cannot be reached. */
  async flush(): Promise<void> {
    if (this.sending === null && this.batch().length > 0) this.sending = this.run();
    await this.sending;
  }

  /** What the server has not spoken to yet, oldest first. */
  waiting(): Answer[] {
    return [...this.answers.values()].filter((answer) => answer.fate === "waiting").sort((a, b) => a.sequence - b.sequence);
  }

  private async run(): Promise<void> {
    for (let batch = this.batch(); batch.length > 0; batch = this.batch()) {
      const outcomes = await this.parts.send(batch).catch((error: unknown) => this.failed(batch, error));
      if (outcomes === null) break;
      this.failures = 0;
      this.link.value = "up";
      for (const sent of batch) await this.settle(sent, outcomes);
    }
    this.sending = null; // in the same breath as the last look: an answer that comes now starts a run of its own
  }

  private batch(): Answer[] {
    return this.waiting().slice(0, MOST_AT_ONCE);
  }

  private async settle(sent: Answer, outcomes: Outcome[]): Promise<void> {
    const outcome = outcomes.find((each) => each.number === sent.number) ?? { number: sent.number, refused: "unanswered" };
    const after = settled(sent, outcome);
    await this.keep(after, (kept) => kept.sequence > after.sequence);
    if (after.fate === "saved" && !agree(after, sent)) this.parts.overtaken?.(sent.number);
  }

  /** What a failure means: refused for good, or to be tried again later (null). */
  private failed(batch: Answer[], error: unknown): Outcome[] | null {
    if (error instanceof Problem && error.status < 500 && !PASSING.has(error.status)) {
      return batch.map(({ number }) => ({ number, refused: error.slug }));
    }
    this.link.value = error instanceof Problem && (error.status === 401 || error.status === 403) ? "signed-out" : "down";
    this.tryLater();
    return null;
  }

  private tryLater(): void {
    if (this.timed) return;
    this.timed = true;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures++);
    this.parts.later(wait * (0.75 + Math.random() / 2), () => {
      this.timed = false;
      void this.flush();
    });
  }

  /** Put an answer on the device and the page, unless `outdated` says that what is there is newer. */
  private async keep(answer: Answer, outdated: (kept: Answer) => boolean): Promise<void> {
    const { store, examId } = this.parts;
    let winner = answer;
    const choose = (kept: Answer | undefined): Answer | undefined => {
      if (kept === undefined || !outdated(kept)) return answer;
      winner = kept;
      return undefined;
    };
    await store.change(examId, answer.number, choose).catch(() => this.unkept(undefined));
    this.show(winner);
  }

  private show(answer: Answer): void {
    const shown = this.answers.get(answer.number);
    if (shown === undefined || shown.sequence <= answer.sequence) this.answers.set(answer.number, answer);
  }

  private unkept<Nothing>(nothing: Nothing): Nothing {
    this.fragile.value = true;
    return nothing;
  }
}
