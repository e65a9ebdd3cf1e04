/** Where the pages wait on the phone: in IndexedDB, so that neither a reload nor an empty battery loses one. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Item } from "./item";

export interface Store {
  all(): Promise<Item[]>;
  keep(item: Item): Promise<void>;
  drop(id: string): Promise<void>;
}

/** A Blob is not stored as such by every browser (WebKit loses it in private windows): its bytes are. */
interface Row extends Omit<Item, "bytes"> {
  readonly bytes: ArrayBuffer;
}

interface Pages extends DBSchema {
  pages: { key: string; value: Row; indexes: { exam: string } };
}

export function pagesOf(examId: string): Store {
  const database = openDB<Pages>("mathvidya-pages", 1, {
    upgrade: (db) => void db.createObjectStore("pages", { keyPath: "id" }).createIndex("exam", "examId"),
  });
  return {
    all: async () => (await (await database).getAllFromIndex("pages", "exam", examId)).map(fromRow),
    keep: async (item) => write(await database, await toRow(item)),
    drop: async (id) => (await database).delete("pages", id),
  };
}

/** Strict durability: the write has left the browser's own buffers when it is answered. */
async function write(database: IDBPDatabase<Pages>, row: Row): Promise<void> {
  const change = database.transaction("pages", "readwrite", { durability: "strict" });
  await change.store.put(row);
  await change.done;
}

async function toRow(item: Item): Promise<Row> {
  return { ...item, bytes: await item.bytes.arrayBuffer() };
}

function fromRow(row: Row): Item {
  return { ...row, bytes: new Blob([row.bytes], { type: row.mediaType }) };
}
