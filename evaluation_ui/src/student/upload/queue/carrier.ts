/** The carrier of a real page: the API for leave and receipt, storage for the bytes. */
import { api, ask } from "@/base/api";
import { Problem } from "@/base/problem";
import { lastPage } from "../book";
import { hexOf } from "../photo/decide";
import { Shrinker } from "../photo/shrink";
import type { Carrier, Told } from "./carry";
import type { Item, Prepared, Slot } from "./item";

const PATIENCE_MS = 60_000;
/** Too busy, signed out for the moment, or broken: the same request may be answered later. */
const PASSING = new Set([401, 408, 425, 429]);

export function houseCarrier(): Carrier {
  const shrinker = new Shrinker();
  return {
    prepare: (item) => shrinker.prepare(item.bytes).catch(() => asItIs(item)),
    openSlot: (item) => told(openSlot(item)),
    send,
    confirm: (item, slot) => told(confirm(item, slot)),
    now: () => Date.now(),
    jitter: () => Math.random(),
  };
}

async function openSlot(item: Item): Promise<Slot> {
  const claim = { media_type: item.mediaType, size_bytes: item.bytes.size, sha256: item.sha256 };
  const headers = { "Idempotency-Key": item.slotKey };
  const { examId, place } = item;
  if (place.kind === "request") {
    const path = { exam_id: examId, request_id: place.requestId };
    return ask(api.POST("/api/v1/exams/{exam_id}/page-requests/{request_id}/slots", { params: { path }, body: claim, headers }));
  }
  const page_number = await pageFor(item);
  const path = { exam_id: examId };
  return ask(api.POST("/api/v1/exams/{exam_id}/sheets/slots", { params: { path }, body: { ...claim, page_number }, headers }));
}

/** Asked of the server each time: pages may have moved, and a PDF before this page may have brought several. */
async function pageFor({ examId, place }: Item): Promise<number> {
  const { items } = await ask(api.GET("/api/v1/exams/{exam_id}/sheets", { params: { path: { exam_id: examId } } }));
  const replaced = place.kind === "replace" ? items.find((sheet) => sheet.id === place.sheetId) : undefined;
  return replaced?.page_number ?? lastPage(items) + 1;
}

async function send(item: Item, slot: Slot): Promise<Told<null>> {
  try {
    const options = { method: slot.method, headers: { ...slot.headers }, body: item.bytes };
    const answer = await fetch(slot.url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS), credentials: "omit" });
    if (answer.ok) return { kind: "done", value: null };
    return answer.status >= 500 ? { kind: "later" } : { kind: "refused", slug: `storage-${answer.status}` };
  } catch {
    return { kind: "later" };
  }
}

async function confirm(item: Item, slot: Slot): Promise<null> {
  const path = { exam_id: item.examId, slot_id: slot.id };
  await ask(api.POST("/api/v1/exams/{exam_id}/sheets/slots/{slot_id}/confirm", { params: { path } }));
  return null;
}

async function told<T>(asked: Promise<T>): Promise<Told<T>> {
  try {
    return { kind: "done", value: await asked };
  } catch (error) {
    const final = error instanceof Problem && error.status < 500 && !PASSING.has(error.status);
    return final ? { kind: "refused", slug: error.slug } : { kind: "later" };
  }
}

/** The worker could not be had (little memory, an old browser): the file goes up untouched. */
async function asItIs(item: Item): Promise<Prepared> {
  const sha256 = hexOf(await crypto.subtle.digest("SHA-256", await item.bytes.arrayBuffer()));
  return { bytes: item.bytes, mediaType: item.mediaType, sha256, advice: { blurred: false, dark: false } };
}
