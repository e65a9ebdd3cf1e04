import { Problem, Unreachable } from "@/base/problem";
import { draftOf, sameDraft, type Draft, type MarkView } from "./draft";
import { orderKey, type Pending, type Store } from "./outbox";
import type { Operation } from "./oplog";

/** The house takes this many operations at once. */
const BATCH = 200;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface Result {
  id: string;
  outcome: string;
  reason: string | null;
}

/** Two versions of one question's mark: what was just given, and what stands in the house. */
export interface Conflict {
  number: number;
  mine: Draft;
  theirs: Draft;
  revision: number;
}

/** How sending stands. `lost`: somebody else may hold the script; what waits is kept. */
export type Link = "up" | "down" | "lost";

/** The house, as the sender needs it. */
export interface House {
  annotate(operations: Operation[]): Promise<Result[]>;
  save(number: number, draft: Draft, revision: number): Promise<MarkView>;
}

/** Whom the sender tells. */
export interface Hearer {
  changed(): void;
  acknowledged(): void;
  refused(operation: Operation | null, number: number | null, reason: string): void;
  conflict(conflict: Conflict): void;
}

/**
 * Sends what waits, in order, until the house has acknowledged all of it. Nothing leaves the outbox for any other
 * reason than an answer: a silent house is asked again, a lost lease waits until the script is taken up again.
 */
export class Sender {
  link: Link = "up";
  /** Why the house stopped taking what is sent, where it said why. */
  problem: Problem | null = null;
  readonly revisions = new Map<number, number>();
  private pending: Pending[] = [];
  private running = false;
  private wait = FIRST_WAIT_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly script: string,
    private readonly house: House,
    private readonly store: Store,
    private readonly hearer: Hearer,
  ) {}

  get waiting(): number {
    return this.pending.length;
  }

  /** What an earlier visit left, in order. It is sent with the rest. */
  async load(): Promise<readonly Pending[]> {
    this.pending = [...(await this.store.load(this.script)), ...this.pending];
    return this.pending;
  }

  operation(operation: Operation): void {
    this.enqueue({ key: orderKey(), script: this.script, what: "operation", operation });
  }

  /** A later save of the same question takes the place of one that has not gone out. */
  mark(number: number, draft: Draft): void {
    const before = this.pending.find((one) => one.what === "mark" && one.number === number && !this.isOut(one));
    const attempted = before?.what === "mark" ? before.attempted : null;
    const revision = before?.what === "mark" ? before.revision : (this.revisions.get(number) ?? 0);
    if (before) this.forget([before.key]);
    this.enqueue({ key: orderKey(), script: this.script, what: "mark", number, draft, revision, attempted });
  }

  /** The script is in hand again. */
  resume(): void {
    this.link = "up";
    this.problem = null;
    this.wait = FIRST_WAIT_MS;
    void this.flush();
  }

  /** Somebody else may hold the script. */
  lose(error?: unknown): void {
    if (error instanceof Unreachable) return this.stopped(error);
    this.link = "lost";
    this.problem = error instanceof Problem ? error : null;
    this.hearer.changed();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Send until nothing waits or the house does not answer. */
  async flush(): Promise<void> {
    if (this.running || this.closed || this.link === "lost") return;
    this.running = true;
    clearTimeout(this.timer);
    try {
      while (this.pending.length > 0 && !this.closed) await this.sendNext();
      this.link = "up";
      this.wait = FIRST_WAIT_MS;
    } catch (error) {
      this.stopped(error);
    } finally {
      this.running = false;
      this.out = [];
      this.hearer.changed();
    }
  }

  private out: Pending[] = [];

  private isOut(one: Pending): boolean {
    return this.out.includes(one);
  }

  private enqueue(pending: Pending): void {
    this.pending.push(pending);
    void this.store.put(pending);
    this.hearer.changed();
    if (this.link !== "down") void this.flush();
  }

  private async sendNext(): Promise<void> {
    const first = this.pending[0]!;
    if (first.what === "mark") return this.sendMark(first);
    const batch: Extract<Pending, { what: "operation" }>[] = [];
    for (const one of this.pending) {
      if (one.what !== "operation" || batch.length === BATCH) break;
      batch.push(one);
    }
    this.out = batch;
    await this.sendOperations(batch);
  }

  private async sendOperations(batch: Extract<Pending, { what: "operation" }>[]): Promise<void> {
    try {
      const results = await this.house.annotate(batch.map((one) => one.operation));
      results.forEach((result, at) => {
        if (result.outcome === "refused") this.hearer.refused(batch[at]!.operation, null, result.reason ?? "");
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (batch.length > 1) return this.oneByOne(batch);
      this.hearer.refused(batch[0]!.operation, null, error.message);
    }
    this.settle(batch);
  }

  /** One operation of a batch is wrong in form: the others are not to suffer for it. */
  private async oneByOne(batch: readonly Extract<Pending, { what: "operation" }>[]): Promise<void> {
    for (const one of batch) await this.sendOperations([one]);
  }

  private async sendMark(one: Extract<Pending, { what: "mark" }>): Promise<void> {
    this.out = [one];
    try {
      const stands = await this.house.save(one.number, one.draft, one.revision);
      this.learn(one.number, stands.revision);
      this.settle([one]);
    } catch (error) {
      if (error instanceof Unreachable) this.attempt(one);
      if (!(error instanceof Problem)) throw error;
      if (error.status === 412) return this.overtaken(one, error);
      if (!isRefusal(error)) throw error;
      this.hearer.refused(null, one.number, error.message);
      this.settle([one]);
    }
  }

  /** It may have arrived though no answer came: remembered, to be recognised as our own. */
  private attempt(one: Extract<Pending, { what: "mark" }>): void {
    one.attempted = one.draft;
    void this.store.put(one);
  }

  private overtaken(one: Extract<Pending, { what: "mark" }>, problem: Problem): void {
    const stored = problem.members.stored as MarkView | null;
    const revision = Number(problem.members.current_version ?? 0);
    const theirs = stored ? draftOf(stored) : { steps: {}, notAttempted: false, remark: "" };
    this.learn(one.number, revision);
    if (one.attempted && sameDraft(one.attempted, theirs)) {
      Object.assign(one, { revision, attempted: null });
      return void this.store.put(one);
    }
    const later = this.pending.find((other) => other !== one && other.what === "mark" && other.number === one.number);
    const mine = later?.what === "mark" ? later.draft : one.draft;
    this.settle(later ? [one, later] : [one]);
    this.hearer.conflict({ number: one.number, mine, theirs, revision });
  }

  /** What waits behind a save of the same question was made knowing it. */
  private learn(number: number, revision: number): void {
    this.revisions.set(number, revision);
    for (const one of this.pending) {
      if (one.what !== "mark" || one.number !== number || this.isOut(one)) continue;
      one.revision = revision;
      void this.store.put(one);
    }
  }

  private settle(sent: readonly Pending[]): void {
    this.forget(sent.map((one) => one.key));
    this.out = [];
    this.hearer.acknowledged();
  }

  private forget(keys: readonly string[]): void {
    this.pending = this.pending.filter((one) => !keys.includes(one.key));
    void this.store.remove(keys);
  }

  private stopped(error: unknown): void {
    if (error instanceof Problem && error.status < 500 && error.status !== 429) {
      this.link = "lost";
      this.problem = error;
      return;
    }
    this.link = "down";
    this.timer = setTimeout(() => void this.flush(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }
}

/** An answer that will not change by asking again: this one thing is wrong, the others are not. */
function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && [400, 413, 422].includes(error.status);
}
