import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { Problem } from "@/base/problem";

export interface Versioned {
  version: number;
}

export interface Edit<Item> {
  busy: Ref<boolean>;
  /** Why the last save was refused, if it was for another reason than its age. */
  refusal: ShallowRef<unknown>;
  /** The newer version that somebody saved meanwhile; what was typed stays with the form. */
  newer: ShallowRef<Item | null>;
  save: (version: number) => Promise<Item | null>;
}

/** The version that an edit starts from, as the API wants it. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

/** Saves what was typed; when it is too old, fetches the newer version and leaves the choice to the person. */
export function useEdit<Item extends Versioned>(
  put: (headers: { "If-Match": string }) => Promise<Item>,
  read: () => Promise<Item>,
): Edit<Item> {
  const [busy, refusal] = [ref(false), shallowRef<unknown>(null)];
  const newer: ShallowRef<Item | null> = shallowRef(null);

  async function save(version: number): Promise<Item | null> {
    busy.value = true;
    refusal.value = null;
    try {
      const saved = await put(ifMatch(version));
      newer.value = null;
      return saved;
    } catch (error) {
      await refused(error);
      return null;
    } finally {
      busy.value = false;
    }
  }

  async function refused(error: unknown): Promise<void> {
    if (!(error instanceof Problem && error.slug === "stale-version")) return void (refusal.value = error);
    newer.value = await read().catch((unread: unknown) => {
      refusal.value = unread;
      return null;
    });
  }

  return { busy, refusal, newer, save };
}

/** Does something once at a time, and keeps why it was refused. */
export function useAct() {
  const [busy, refusal] = [ref(false), shallowRef<unknown>(null)];

  async function act(deed: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    refusal.value = null;
    try {
      await deed();
      return true;
    } catch (error) {
      refusal.value = error;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, refusal, act };
}
