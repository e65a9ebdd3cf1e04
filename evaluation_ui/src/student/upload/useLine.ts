/** The line of one exam's pages for the screen. It outlives the screen: leaving the page does not stop the pages. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from "vue";
import { houseCarrier } from "./queue/carrier";
import { isOpen, picked, type Item, type Place } from "./queue/item";
import { Line } from "./queue/line";
import { pagesOf } from "./queue/store";

export interface ExamLine {
  readonly items: ShallowRef<readonly Item[]>;
  readonly open: ComputedRef<number>;
  /** Called after each page that the server has taken. */
  arrived: () => Promise<unknown>;
  take(files: readonly File[], place: Place): Promise<void>;
  retry(id: string): Promise<void>;
  drop(id: string): Promise<void>;
}

const lines = new Map<string, ExamLine>();

export function useLine(examId: string): ExamLine {
  const known = lines.get(examId);
  if (known) return known;
  const made = madeLine(examId);
  lines.set(examId, made);
  return made;
}

function madeLine(examId: string): ExamLine {
  const items = shallowRef<readonly Item[]>([]);
  const line = new Line({
    store: pagesOf(examId),
    carrier: houseCarrier(),
    onChange: (now) => (items.value = now),
    onConfirmed: () => shown.arrived().then(nothing, nothing),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    alone: async (work) => await navigator.locks.request(`mathvidya-pages-${examId}`, work),
  });
  const shown: ExamLine = {
    items,
    open: computed(() => items.value.filter(isOpen).length),
    arrived: async () => undefined,
    take: async (files, place) => {
      for (const [at, file] of files.entries()) await line.add(taken(file, examId, place, at));
    },
    retry: (id) => line.retry(id),
    drop: (id) => line.drop(id),
  };
  void line.restore();
  wakeWithTheWorld(line);
  return shown;
}

/** Files of one choice keep their order; only the first of several can take another page's place. */
function taken(file: File, examId: string, place: Place, at: number): Item {
  const where: Place = at === 0 || place.kind !== "replace" ? place : { kind: "append" };
  return picked(file, examId, where, crypto.randomUUID(), Date.now() + at / 1_000);
}

function wakeWithTheWorld(line: Line): void {
  const wake = (): void => void line.wake();
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
}

function nothing(): void {
  // the list of sheets is read again when it is next looked at
}
