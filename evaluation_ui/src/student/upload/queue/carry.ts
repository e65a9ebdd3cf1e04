/**
 * Carries one page one stage further. Every stage is written down before the next begins, and every request
 * may be sent again: the same key gives the same slot, storage refuses a second file under one name, and a
 * slot that was confirmed answers with the same sheets. So a page arrives once, wherever the line broke.
 */
import { confirmed, presigned, put, queued, refused, slotLost, waiting, type Item, type Prepared, type Slot } from "./item";

/** What became of a request: an answer, a refusal with its slug, or nothing that could be understood. */
export type Told<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "refused"; readonly slug: string }
  | { readonly kind: "later" };

/** The world outside, so that this file can be tested without one. */
export interface Carrier {
  prepare(item: Item): Promise<Prepared>;
  openSlot(item: Item): Promise<Told<Slot>>;
  send(item: Item, slot: Slot): Promise<Told<null>>;
  confirm(item: Item, slot: Slot): Promise<Told<null>>;
  now(): number;
  jitter(): number;
}

/** After these a new slot may still carry the same file. */
const SLOT_LOST = new Set(["not-uploaded", "file-differs", "not-found"]);

/** The page's place has changed since the key was first used. */
const KEY_SPENT = "idempotency-key-reused";

export async function carry(item: Item, carrier: Carrier): Promise<Item> {
  switch (item.stage) {
    case "picked":
      return queued(item, await carrier.prepare(item));
    case "queued":
      return open(item, carrier);
    case "presigned":
      return send(item, carrier);
    case "put":
      return confirm(item, carrier);
    case "confirmed":
      return item;
  }
}

async function open(item: Item, carrier: Carrier): Promise<Item> {
  const told = await carrier.openSlot(item);
  if (told.kind === "done") return presigned(item, told.value);
  if (told.kind === "refused" && told.slug === KEY_SPENT) return anew(item, carrier);
  return unmet(item, told, carrier);
}

async function send(item: Item, carrier: Carrier): Promise<Item> {
  const slot = slotOf(item);
  const told = await carrier.send(item, slot);
  if (told.kind === "later") return waiting(item, carrier.now(), carrier.jitter());
  // Storage may refuse because the file is there already, its answer lost on the way. Only the server knows.
  return put(item);
}

async function confirm(item: Item, carrier: Carrier): Promise<Item> {
  const told = await carrier.confirm(item, slotOf(item));
  if (told.kind === "done") return confirmed(item);
  if (told.kind === "refused" && SLOT_LOST.has(told.slug)) return anew(item, carrier);
  return unmet(item, told, carrier);
}

function anew(item: Item, carrier: Carrier): Item {
  return waiting(slotLost(item), carrier.now(), carrier.jitter());
}

function unmet(item: Item, told: Told<unknown>, carrier: Carrier): Item {
  return told.kind === "refused" ? refused(item, told.slug) : waiting(item, carrier.now(), carrier.jitter());
}

function slotOf(item: Item): Slot {
  if (!item.slot) throw new Error(`a page at stage ${item.stage} has a slot`);
  return item.slot;
}
