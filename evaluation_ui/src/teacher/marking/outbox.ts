import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Draft } from "./draft";
import type { Operation } from "./oplog";

/** Something that was done and that the house has not acknowledged. `key` puts them in the order of doing. */
export type Pending = { key: string; script: string } & (
  | { what: "operation"; operation: Operation }
  | { what: "mark"; number: number; draft: Draft; revision: number; attempted: Draft | null }
);

/** Where what waits is kept until the house has it. */
export interface Store {
  load(script: string): Promise<Pending[]>;
  put(pending: Pending): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
  pending: { key: string; value: Pending; indexes: { script: string } };
}

const NAME = "mathvidya-marking";

/** The outbox of one person on this device: somebody else who signs in here neither sees nor sends it. */
export function deviceStore(owner: string): Store {
  const opened = openDB<Schema>(`${NAME}-${owner}`, 1, {
    upgrade(database: IDBPDatabase<Schema>) {
      database.createObjectStore("pending", { keyPath: "key" }).createIndex("script", "script");
    },
  });
  return {
    load: async (script) => (await opened).getAllFromIndex("pending", "script", script),
    put: async (pending) => void (await (await opened).put("pending", pending)),
    remove: async (keys) => {
      const change = (await opened).transaction("pending", "readwrite");
      await Promise.all([...keys.map((key) => change.store.delete(key)), change.done]);
    },
  };
}

let last = 0;

/** A key behind every earlier one of this device; it tells order and nothing else. */
export function orderKey(now: number = Date.now()): string {
  last = Math.max(last + 1, now * 1000);
  return String(last).padStart(17, "0");
}
