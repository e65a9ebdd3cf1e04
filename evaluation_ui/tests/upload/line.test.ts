import { describe, expect, it } from "vitest";
import { reactive } from "vue";
import { carry } from "@/student/upload/queue/carry";
import { inOrder, tryAgain, waiting, type Item } from "@/student/upload/queue/item";
import { Line } from "@/student/upload/queue/line";
import { House, memoryStore, page } from "./stand-ins";

const OFFLINE = { kind: "later" } as const;

function lineOf(house: House, store = memoryStore()) {
  const arrived: string[] = [];
  let shown: readonly Item[] = [];
  const line = new Line({
    store,
    carrier: house,
    onChange: (items) => (shown = items),
    onConfirmed: async (item) => void arrived.push(item.id),
    wait: async (ms) => void (house.time += ms),
    alone: (work) => work(),
  });
  return { line, store, arrived, shown: () => shown };
}

describe("the line of pages", () => {
  it("carries each page through every stage, in the order taken", async () => {
    const house = new House();
    const { line, store, arrived } = lineOf(house);
    for (const [at, name] of ["a", "b", "c"].entries()) await store.keep(page(name, undefined, at));
    await line.run();
    expect(house.sheets).toEqual(["a", "b", "c"]);
    expect(arrived).toEqual(["a", "b", "c"]);
    expect(store.rows.size).toBe(0);
  });

  it.each([0, 1, 2, 3, 4, 5])("doubles nothing when the answer to request %i is lost", async (lost) => {
    const house = new House();
    house.faults = [...Array(lost).fill(null), "lost"];
    const { line, store } = lineOf(house);
    await store.keep(page("a", undefined, 0));
    await store.keep(page("b", undefined, 1));
    await line.run();
    expect(house.sheets).toEqual(["a", "b"]);
  });

  it.each([1, 2, 3])("goes on in a new tab where the old one ended after %i stages", async (stages) => {
    const house = new House();
    const store = memoryStore();
    let item = page("a");
    for (let stage = 0; stage < stages; stage++) item = await carry(item, house);
    await store.keep(item);
    await lineOf(house, store).line.run();
    expect(house.sheets).toEqual(["a"]);
    expect(new Set(house.calls).size).toBe(house.calls.length);
  });

  it("asks for another slot when the file never arrived under the first", async () => {
    const house = new House();
    house.faults = [null, { kind: "refused", slug: "storage-403" }];
    const { line, store } = lineOf(house);
    await store.keep(page("a"));
    await line.run();
    expect(house.sheets).toEqual(["a"]);
    expect(house.calls).toEqual(["slot a-1", "put s1", "confirm s1", "slot a-2", "put s2", "confirm s2"]);
  });

  it("steps over a page that is refused, keeps it to be shown, and sends the rest", async () => {
    const house = new House();
    house.faults = [null, null, { kind: "refused", slug: "file-corrupt" }];
    const { line, store, shown } = lineOf(house);
    await store.keep(page("bad", undefined, 0));
    await store.keep(page("good", undefined, 1));
    await line.run();
    expect(house.sheets).toEqual(["good"]);
    expect(shown().map((item) => [item.id, item.refused])).toEqual([["bad", "file-corrupt"]]);
  });

  it("forgets a page that is taken out while it waits", async () => {
    const house = new House();
    const { line, store } = lineOf(house);
    await store.keep(page("a"));
    await line.drop("a");
    await line.run();
    expect(house.calls).toEqual([]);
  });
});

describe("one page", () => {
  it("can be written down even when a screen watches the place it is for", () => {
    const place = reactive({ kind: "replace", sheetId: "s1" } as const);
    expect(structuredClone(page("a", place).place)).toEqual({ kind: "replace", sheetId: "s1" });
  });

  it("waits longer after each failure, and never over half a minute", () => {
    let item = page("a");
    const waits = Array.from({ length: 8 }, () => (item = waiting(item, 0, 1)).notBefore);
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  it("stays at its stage while there is no network", async () => {
    const house = new House();
    house.faults = [OFFLINE];
    const queued = await carry(page("a"), house);
    const still = await carry(queued, house);
    expect([still.stage, still.attempts, still.slotKey]).toEqual(["queued", 1, "a-1"]);
  });

  it("takes another key when its place has changed under the first", async () => {
    const house = new House();
    house.faults = [{ kind: "refused", slug: "idempotency-key-reused" }];
    const queued = await carry(page("a"), house);
    expect((await carry(queued, house)).slotKey).toBe("a-2");
  });

  it("is in the line again after a person asks for another try", () => {
    const refused = { ...page("a"), refused: "file-corrupt" };
    expect(inOrder([refused])).toEqual([]);
    expect(inOrder([tryAgain(refused)])).toHaveLength(1);
  });
});
