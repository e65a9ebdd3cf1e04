import type { Carrier, Told } from "@/student/upload/queue/carry";
import { picked, type Item, type Place, type Slot } from "@/student/upload/queue/item";
import type { Store } from "@/student/upload/queue/store";

export function page(name: string, place: Place = { kind: "append" }, now = 0): Item {
  return picked(new File([name], `${name}.jpg`, { type: "image/jpeg" }), "exam", place, name, now);
}

/** A phone's storage that outlives the line, as IndexedDB outlives a tab. */
export function memoryStore(): Store & { rows: Map<string, Item> } {
  const rows = new Map<string, Item>();
  return {
    rows,
    all: async () => [...rows.values()],
    keep: async (item) => void rows.set(item.id, item),
    drop: async (id) => void rows.delete(id),
  };
}

/** A server and a storage as they behave: one slot a key, one file a slot, one sheet a confirmed slot. */
export class House implements Carrier {
  time = 0;
  sheets: string[] = [];
  calls: string[] = [];
  private slots = new Map<string, Slot>();
  private files = new Set<string>();
  private taken = new Set<string>();
  /** Answers given instead of the true one, in order; "lost" does the work and loses the answer. */
  faults: (Told<never> | "lost" | null)[] = [];

  now(): number {
    return this.time;
  }

  jitter(): number {
    return 1;
  }

  async prepare(item: Item): Promise<{ bytes: Blob; mediaType: string; sha256: string; advice: Item["advice"] }> {
    return { bytes: item.bytes, mediaType: item.mediaType, sha256: item.id, advice: { blurred: false, dark: false } };
  }

  openSlot(item: Item): Promise<Told<Slot>> {
    return this.answer(`slot ${item.slotKey}`, () => {
      const slot = this.slots.get(item.slotKey) ?? this.slot(`s${this.slots.size + 1}`);
      this.slots.set(item.slotKey, slot);
      return { kind: "done", value: slot };
    });
  }

  send(_: Item, slot: Slot): Promise<Told<null>> {
    return this.answer(`put ${slot.id}`, () => {
      if (this.files.has(slot.id)) return { kind: "refused", slug: "storage-412" };
      this.files.add(slot.id);
      return { kind: "done", value: null };
    });
  }

  confirm(item: Item, slot: Slot): Promise<Told<null>> {
    return this.answer(`confirm ${slot.id}`, () => {
      if (!this.files.has(slot.id)) return { kind: "refused", slug: "not-uploaded" };
      if (!this.taken.has(slot.id)) this.sheets.push(item.id);
      this.taken.add(slot.id);
      return { kind: "done", value: null };
    });
  }

  private async answer<T>(call: string, work: () => Told<T>): Promise<Told<T>> {
    this.calls.push(call);
    const fault = this.faults.shift() ?? null;
    if (fault && fault !== "lost") return fault;
    const told = work();
    return fault === "lost" ? { kind: "later" } : told;
  }

  private slot(id: string): Slot {
    return { id, page_number: 1, expires_at: "", method: "PUT", url: "", headers: {} };
  }
}
