/** One page on its way to the server: what is kept of it on the phone, and how it may change. Pure. */

/** Where a page belongs: behind the last one, in the place of a sheet, or in answer to a request for it. */
export type Place =
  | { readonly kind: "append" }
  | { readonly kind: "replace"; readonly sheetId: string }
  | { readonly kind: "request"; readonly requestId: string };

/**
 * picked: the file as it was chosen · queued: made small, its hash known · presigned: the server gave leave ·
 * put: the bytes are in storage · confirmed: the server opened them and keeps them as a sheet.
 */
export type Stage = "picked" | "queued" | "presigned" | "put" | "confirmed";

export interface Slot {
  readonly id: string;
  readonly page_number: number;
  readonly expires_at: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Advice {
  readonly blurred: boolean;
  readonly dark: boolean;
}

export interface Item {
  readonly id: string;
  readonly examId: string;
  readonly name: string;
  readonly place: Place;
  readonly stage: Stage;
  readonly bytes: Blob;
  readonly mediaType: string;
  readonly sha256: string;
  readonly advice: Advice;
  readonly slot: Slot | null;
  /** Asked for with every slot request until one is lost for good: the server then gives the same slot. */
  readonly slotKey: string;
  readonly attempts: number;
  readonly notBefore: number;
  /** The slug of a refusal that trying again cannot mend; null while there is hope. */
  readonly refused: string | null;
  readonly addedAt: number;
}

export interface Prepared {
  readonly bytes: Blob;
  readonly mediaType: string;
  readonly sha256: string;
  readonly advice: Advice;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export function picked(file: File, examId: string, place: Place, id: string, now: number): Item {
  return {
    id,
    examId,
    name: file.name,
    place: { ...place }, // a plain copy: what a screen watches cannot be put into IndexedDB
    stage: "picked",
    bytes: file,
    mediaType: file.type,
    sha256: "",
    advice: { blurred: false, dark: false },
    slot: null,
    slotKey: `${id}-1`,
    attempts: 0,
    notBefore: 0,
    refused: null,
    addedAt: now,
  };
}

export function queued(item: Item, prepared: Prepared): Item {
  return { ...item, ...prepared, stage: "queued" };
}

export function presigned(item: Item, slot: Slot): Item {
  return { ...item, slot, stage: "presigned", attempts: 0 };
}

export function put(item: Item): Item {
  return { ...item, stage: "put", attempts: 0 };
}

/** Done: the bytes are the server's now, and the phone lets go of its copy. */
export function confirmed(item: Item): Item {
  return { ...item, stage: "confirmed", bytes: new Blob([]), attempts: 0 };
}

/** The slot is of no use any more (expired, or its file never came): ask for another, under another key. */
export function slotLost(item: Item): Item {
  const turn = Number(item.slotKey.slice(item.id.length + 1)) + 1;
  return { ...item, slot: null, stage: "queued", slotKey: `${item.id}-${turn}` };
}

/** No answer, or one that may be better later: wait longer each time, up to half a minute. */
export function waiting(item: Item, now: number, jitter: number): Item {
  const attempts = item.attempts + 1;
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return { ...item, attempts, notBefore: now + longest * (0.5 + jitter / 2) };
}

export function refused(item: Item, slug: string): Item {
  return { ...item, refused: slug };
}

/** A person asks for another try, or the network is back: nothing has to wait any longer. */
export function hopeful(item: Item): Item {
  return { ...item, attempts: 0, notBefore: 0 };
}

export function tryAgain(item: Item): Item {
  return { ...slotLost(item), ...{ refused: null, attempts: 0, notBefore: 0 } };
}

export function isOpen(item: Item): boolean {
  return item.stage !== "confirmed" && item.refused === null;
}

/** The pages that still have to be sent, in the order in which they were taken. */
export function inOrder(items: readonly Item[]): Item[] {
  return items.filter(isOpen).sort((a, b) => a.addedAt - b.addedAt || a.id.localeCompare(b.id));
}
