import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from "vue";
import { api, ask } from "@/base/api";
import { serverNow } from "@/base/access";
import { Problem } from "@/base/problem";
import { draftOf, NOTHING, sentOf, type Draft, type MarkView } from "./draft";
import { Lease } from "./lease";
import { missing, type Missing } from "./missing";
import { itemOf, OperationLog, type Item, type Operation } from "./oplog";
import { deviceStore } from "./outbox";
import { schemesOf, type QuestionScheme } from "./scheme";
import { score, type Score } from "./score";
import { Sender, type Conflict, type Hearer, type House, type Link, type Result } from "./sender";
import type { Script } from "./script";

/** Something that the house would not take, in its words. */
export interface Refusal {
  id: number;
  page: number | null;
  number: number | null;
  reason: string;
}

/** One script on the desk: what is on its pages, its marks, and how its saving stands. */
export interface Desk {
  readonly script: Script;
  readonly schemes: readonly QuestionScheme[];
  readonly log: OperationLog;
  readonly readOnly: boolean;
  readonly items: ComputedRef<readonly Item[]>;
  readonly state: ComputedRef<{ link: Link; waiting: number; savedAt: number | null; problem: Problem | null }>;
  readonly conflicts: ShallowRef<readonly Conflict[]>;
  readonly refusals: ShallowRef<readonly Refusal[]>;
  readonly missing: ComputedRef<readonly Missing[]>;
  readonly total: ComputedRef<number>;
  readonly history: ComputedRef<{ undo: boolean; redo: boolean }>;
  readonly lease: Lease | null;
  draft(number: number): Draft;
  hasMark(number: number): boolean;
  scoreOf(number: number): Score;
  settle(conflict: Conflict, chosen: Draft): void;
  dismiss(id: number): void;
  takeUpAgain(): Promise<void>;
  flush(): Promise<void>;
}

const MARKABLE = ["assigned", "in_progress"];
const BLANK = { kind: null, marks: null, question_number: null, sheet_id: null, text: "", x: null, y: null };

/** Lay a script out. Everything of it lives and ends with the component that opened it. */
export function openDesk(script: Script, owner: string): Desk {
  const told = { tick: shallowRef(0), savedAt: shallowRef<number | null>(null), conflicts: shallowRef<readonly Conflict[]>([]), refusals: shallowRef<readonly Refusal[]>([]) };
  const readOnly = !MARKABLE.includes(script.state);
  const schemes = schemesOf(script.key, script.written_numbers);
  const lease = readOnly ? null : new Lease(script.evaluation_id, () => sender.lose());
  lease?.token.catch((error: unknown) => sender.lose(error));
  const house = houseOf(script.evaluation_id, lease, schemes);
  const sender = new Sender(script.evaluation_id, house, deviceStore(owner), hearerOf(script, told, (id) => log.drop(id)));
  const log = new OperationLog({
    operation: (operation) => sender.operation(operation),
    mark: (number, draft) => sender.mark(number, draft),
  });
  const changed = (): void => void (told.tick.value += 1);
  layOut(script, log, sender);
  if (!readOnly) void restore(sender, log, changed);
  keepSending(sender, lease);
  return {
    script, schemes, log, readOnly, lease, ...told, ...readings(script, schemes, log, sender, told),
    settle(conflict, chosen) {
      told.conflicts.value = told.conflicts.value.filter((one) => one !== conflict);
      log.drafts.set(conflict.number, conflict.theirs);
      log.mark(conflict.number, chosen);
      changed();
    },
    dismiss: (id) => void (told.refusals.value = told.refusals.value.filter((one) => one.id !== id)),
    async takeUpAgain() {
      await lease?.again();
      sender.resume();
    },
    flush: () => sender.flush(),
  };
}

interface Told {
  tick: ShallowRef<number>;
  savedAt: ShallowRef<number | null>;
  conflicts: ShallowRef<readonly Conflict[]>;
  refusals: ShallowRef<readonly Refusal[]>;
}

type Readings = Pick<Desk, "items" | "state" | "missing" | "total" | "history" | "draft" | "hasMark" | "scoreOf">;

/** What the screen shows of the desk: read again whenever something was done or acknowledged. */
function readings(script: Script, schemes: readonly QuestionScheme[], log: OperationLog, sender: Sender, told: Told): Readings {
  const now = <T>(read: () => T): T => (void told.tick.value, read());
  const reactive = <T>(read: () => T): ComputedRef<T> => computed(() => now(read));
  const stepsOf = (number: number): Draft["steps"] => log.drafts.get(number)?.steps ?? {};
  return {
    items: reactive(() => [...log.items.values()]),
    state: reactive(() => ({ link: sender.link, waiting: sender.waiting, savedAt: told.savedAt.value, problem: sender.problem })),
    missing: reactive(() => missing(schemes, log.drafts, script.unanswered, [...log.items.values()])),
    total: reactive(() => schemes.reduce((sum, one) => sum + score(one, stepsOf(one.number)).awarded, 0)),
    history: reactive(() => ({ undo: log.canUndo, redo: log.canRedo })),
    draft: (number) => now(() => log.drafts.get(number) ?? NOTHING),
    hasMark: (number) => now(() => log.drafts.has(number)),
    scoreOf: (number) => now(() => score(schemes.find((one) => one.number === number)!, stepsOf(number))),
  };
}

function hearerOf(script: Script, told: Told, drop: (id: string) => Item | undefined): Hearer {
  let heard = 0;
  const changed = (): void => void (told.tick.value += 1);
  return {
    changed,
    acknowledged: () => void (told.savedAt.value = serverNow()),
    conflict: (one) => void (told.conflicts.value = [...told.conflicts.value.filter((other) => other.number !== one.number), one]),
    refused: (operation, number, reason) => {
      const item = operation?.op === "add" ? drop(operation.id) : undefined;
      const page = script.sheets.find((sheet) => sheet.id === item?.sheet)?.page_number ?? null;
      told.refusals.value = [...told.refusals.value, { id: (heard += 1), page, number, reason }];
      changed();
    },
  };
}

function layOut(script: Script, log: OperationLog, sender: Sender): void {
  for (const annotation of script.annotations) log.lay(itemOf(annotation));
  for (const mark of script.marks as MarkView[]) {
    log.drafts.set(mark.question_number, draftOf(mark));
    sender.revisions.set(mark.question_number, mark.revision);
  }
}

/** What an earlier visit did and the house has not acknowledged is done to the pages again, and sent. */
async function restore(sender: Sender, log: OperationLog, changed: () => void): Promise<void> {
  for (const one of await sender.load()) {
    if (one.what === "operation") log.replay(one.operation);
    else log.drafts.set(one.number, one.draft);
  }
  changed();
  await sender.flush();
}

function houseOf(id: string, lease: Lease | null, schemes: readonly QuestionScheme[]): House {
  const path = { evaluation_id: id };
  const token = async (): Promise<number> => await lease!.token;
  return {
    async annotate(operations: Operation[]): Promise<Result[]> {
      const body = { lease_token: await token(), operations: operations.map((one) => ({ ...BLANK, ...one })) };
      const answer = await ask(api.PUT("/api/v1/evaluations/{evaluation_id}/annotations", { params: { path }, body }));
      return answer.results as Result[];
    },
    async save(number: number, draft: Draft, revision: number): Promise<MarkView> {
      const body = { ...sentOf(schemes.find((one) => one.number === number)!, draft, revision), lease_token: await token() };
      return await ask(
        api.PUT("/api/v1/evaluations/{evaluation_id}/marks/{number}", { params: { path: { ...path, number } }, body }),
      );
    },
  };
}

/** The network is back, or the teacher is: what waits goes out. */
function keepSending(sender: Sender, lease: Lease | null): void {
  const again = (): void => void sender.flush();
  addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  onScopeDispose(() => {
    removeEventListener("online", again);
    document.removeEventListener("visibilitychange", again);
    sender.close();
    lease?.close();
  });
}
