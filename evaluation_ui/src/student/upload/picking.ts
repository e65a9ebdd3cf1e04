/**
 * What the student was about to photograph. Android may end the tab while its camera is open; what was
 * written down before is found again when the page comes back.
 */
import type { Place } from "./queue/item";

export interface Picking {
  readonly examId: string;
  readonly place: Place;
  readonly at: number;
}

const KEY = "mathvidya.picking";
/** Longer ago is not a camera that is still open. */
const FORGOTTEN_MS = 30 * 60_000;

export function remember(picking: Picking, storage: Storage = localStorage): void {
  storage.setItem(KEY, JSON.stringify(picking));
}

export function forget(storage: Storage = localStorage): void {
  storage.removeItem(KEY);
}

export function remembered(now: number, storage: Storage = localStorage): Picking | null {
  const text = storage.getItem(KEY);
  if (!text) return null;
  const found = read(text);
  if (found && now - found.at < FORGOTTEN_MS) return found;
  forget(storage);
  return null;
}

/** Where to go on after the tab was lost; null when no picker was open. */
export function interruptedRoute(now: number, storage: Storage = localStorage): string | null {
  const found = remembered(now, storage);
  return found && `/exams/${found.examId}/upload`;
}

function read(text: string): Picking | null {
  try {
    const found = JSON.parse(text) as Partial<Picking>;
    const whole = typeof found.examId === "string" && typeof found.at === "number" && found.place?.kind;
    return whole ? (found as Picking) : null;
  } catch {
    return null;
  }
}
