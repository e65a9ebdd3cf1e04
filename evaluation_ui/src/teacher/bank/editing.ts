import { computed, onMounted, ref, shallowRef, watch, type Ref } from "vue";
import { idempotent } from "@/base/api";
import { errorsOf, isStale, type Errors } from "./errors";
import { keep, keptOf, letGo } from "./kept";
import { provideErrors } from "./places";
import type { ActKey } from "./saving";

interface Versioned {
  version: number;
}

/** What an editor of versioned documents has to know of its documents. */
export interface Editing<Saved extends Versioned, Draft> {
  /** Under which name what is typed is kept in this tab. */
  keptAs: string;
  /** The latest version, or null for a document that is new. */
  load: () => Promise<Saved | null>;
  /** What a new document begins with. */
  blank: () => Draft | Promise<Draft>;
  draftOf: (saved: Saved) => Draft;
  /** The requests of a save, one after the other: each saves over what the one before has given. */
  steps: ((base: Saved | null, draft: Draft, act: ActKey) => Promise<Saved>)[];
  latest: (base: Saved) => Promise<Saved>;
  saved: (saved: Saved) => Promise<void>;
}

/** An editor: what is typed is never lost, neither by a reload nor by somebody who saved meanwhile. */
export function useEditor<Saved extends Versioned, Draft extends object>(editing: Editing<Saved, Draft>) {
  const base = shallowRef<Saved | null>(null);
  const theirs = shallowRef<Saved | null>(null);
  const draft = ref(null) as Ref<Draft | null>;
  const [busy, restored] = [ref(false), ref(false)];
  const problem = shallowRef<unknown>(null);
  const errors = computed<Errors>(() => errorsOf(problem.value));
  let act = idempotent();
  let keeping = false;

  provideErrors(errors);
  onMounted(open);
  watch(draft, (now) => keeping && now && keep(editing.keptAs, { version: base.value?.version ?? 0, draft: now }), { deep: true, flush: "sync" });

  async function open(): Promise<void> {
    problem.value = null;
    try {
      await begin(await editing.load());
    } catch (error) {
      problem.value = error;
    }
  }

  /** Start from what is saved, or from what was typed here before, with a newer version beside it. */
  async function begin(latest: Saved | null): Promise<void> {
    const kept = keptOf<Draft>(editing.keptAs);
    base.value = latest;
    draft.value = kept?.draft ?? (latest ? editing.draftOf(latest) : await editing.blank());
    restored.value = kept !== null;
    if (kept && latest && kept.version !== latest.version) theirs.value = latest;
    keeping = true;
  }

  async function save(): Promise<void> {
    if (!draft.value) return;
    busy.value = true;
    problem.value = null;
    try {
      for (const step of editing.steps) base.value = await step(base.value, draft.value, act);
      await done(base.value);
    } catch (error) {
      await refused(error);
    } finally {
      busy.value = false;
    }
  }

  async function done(saved: Saved | null): Promise<void> {
    keeping = false;
    letGo(editing.keptAs);
    if (saved) await editing.saved(saved);
  }

  async function refused(error: unknown): Promise<void> {
    act = idempotent(); // what is mended is another act
    problem.value = error;
    if (!isStale(error) || !base.value) return;
    theirs.value = await editing.latest(base.value).catch(() => null);
    if (theirs.value) problem.value = null;
  }

  function keepMine(): void {
    base.value = theirs.value;
    theirs.value = null;
    void save();
  }

  function takeTheirs(): void {
    base.value = theirs.value;
    theirs.value = null;
    void startAgain();
  }

  async function startAgain(): Promise<void> {
    draft.value = base.value ? editing.draftOf(base.value) : await editing.blank();
    letGo(editing.keptAs);
    restored.value = false;
  }

  return { base, theirs, draft, busy, restored, problem, errors, open, save, keepMine, takeTheirs, startAgain };
}
