import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem, Unreachable } from "@/base/problem";
import type { Draft, MarkView } from "@/teacher/marking/draft";
import type { Operation } from "@/teacher/marking/oplog";
import type { Pending, Store } from "@/teacher/marking/outbox";
import { Sender, type Conflict, type House } from "@/teacher/marking/sender";

const ADD = (id: string): Operation => ({ op: "add", id, sheet_id: "s", kind: "tick", x: 0.5, y: 0.5, points: [], text: "", question_number: 1, marks: null });
const DRAFT = (given: number): Draft => ({ steps: { "/first/0/1": given }, notAttempted: false, remark: "" });
const VIEW = (given: number, revision: number) =>
  ({ revision, not_attempted: false, remark: "", steps: [{ part: "", alternative: "first", method: 0, step: 1, awarded: String(given / 2) }] }) as unknown as MarkView;
const problem = (status: number, members: object = {}) => new Problem(status, "some-problem", "no", "no, because", members as Record<string, unknown>);

/** An outbox that outlives its sender, as the device's does. */
function memory(): Store & { kept: Map<string, Pending> } {
  const kept = new Map<string, Pending>();
  return {
    kept,
    load: async () => [...kept.values()].sort((a, b) => a.key.localeCompare(b.key)),
    put: async (one) => void kept.set(one.key, structuredClone(one)),
    remove: async (keys) => keys.forEach((key) => kept.delete(key)),
  };
}

let store: ReturnType<typeof memory>;
let house: { [Name in keyof House]: ReturnType<typeof vi.fn<House[Name]>> };
let conflicts: Conflict[];
let refused: string[];
let acknowledged: number;

const sender = (): Sender =>
  new Sender("script", house, store, {
    changed: () => undefined,
    acknowledged: () => void (acknowledged += 1),
    conflict: (one) => void conflicts.push(one),
    refused: (_operation, _number, reason) => void refused.push(reason),
  });

beforeEach(() => {
  store = memory();
  conflicts = [];
  refused = [];
  acknowledged = 0;
  house = {
    annotate: vi.fn(async (all: Operation[]) => all.map(({ id }) => ({ id, outcome: "done", reason: null }))),
    save: vi.fn(async (_number: number, draft: Draft, revision: number) => VIEW(draft.steps["/first/0/1"]!, revision + 1)),
  };
});

describe("sending", () => {
  it("empties the outbox only when the house has acknowledged", async () => {
    const one = sender();
    one.operation(ADD("a"));
    expect(one.waiting).toBe(1);
    expect(acknowledged).toBe(0);
    await vi.waitFor(() => expect(one.waiting).toBe(0));
    expect(store.kept.size).toBe(0);
    expect(acknowledged).toBeGreaterThan(0);
  });

  it("keeps everything in order while the house is silent, and sends it after a reload", async () => {
    house.annotate.mockRejectedValueOnce(new Unreachable(null));
    const before = sender();
    before.operation(ADD("a"));
    before.operation(ADD("b"));
    before.mark(1, DRAFT(2));
    await vi.waitFor(() => expect(before.link).toBe("down"));
    expect(before.waiting).toBe(3);
    before.close();

    const after = sender();
    await after.load();
    await after.flush();
    expect(house.annotate.mock.lastCall?.[0].map((one) => one.id)).toEqual(["a", "b"]);
    expect(after.waiting).toBe(0);
  });

  it("lets a later save of a question take the place of one that waits", async () => {
    house.save.mockRejectedValueOnce(new Unreachable(null));
    const one = sender();
    one.mark(1, DRAFT(2));
    await vi.waitFor(() => expect(one.link).toBe("down"));
    one.mark(1, DRAFT(3));
    expect(one.waiting).toBe(1);
    await one.flush();
    expect(house.save.mock.lastCall).toEqual([1, DRAFT(3), 0]);
  });

  it("makes a save that waits behind another of the same question know its revision", async () => {
    const one = sender();
    one.mark(1, DRAFT(2));
    one.mark(1, DRAFT(3));
    await vi.waitFor(() => expect(one.waiting).toBe(0));
    expect(house.save.mock.calls.map(([, , revision]) => revision)).toEqual([0, 1]);
  });
});

describe("a save that came too late", () => {
  it("shows both and drops neither", async () => {
    house.save.mockRejectedValueOnce(problem(412, { stored: VIEW(4, 5), current_version: 5 }));
    const one = sender();
    one.mark(1, DRAFT(2));
    await vi.waitFor(() => expect(conflicts).toHaveLength(1));
    expect(conflicts[0]).toMatchObject({ number: 1, mine: DRAFT(2), theirs: DRAFT(4), revision: 5 });
    one.mark(1, DRAFT(2));
    await vi.waitFor(() => expect(one.waiting).toBe(0));
    expect(house.save.mock.lastCall?.[2]).toBe(5);
  });

  it("is no conflict with our own save whose answer was lost", async () => {
    house.save.mockRejectedValueOnce(new Unreachable(null));
    house.save.mockRejectedValueOnce(problem(412, { stored: VIEW(2, 1), current_version: 1 }));
    const one = sender();
    one.mark(1, DRAFT(2));
    await vi.waitFor(() => expect(one.link).toBe("down"));
    one.mark(1, DRAFT(3));
    await one.flush();
    expect(conflicts).toEqual([]);
    expect(house.save.mock.lastCall).toEqual([1, DRAFT(3), 1]);
    expect(one.waiting).toBe(0);
  });
});

describe("a refusal", () => {
  it("of one operation is told, and the others are done", async () => {
    house.annotate.mockImplementationOnce(async (all) => all.map(({ id }) => ({ id, outcome: "refused", reason: "the page is full" })));
    const one = sender();
    one.operation(ADD("a"));
    await vi.waitFor(() => expect(refused).toEqual(["the page is full"]));
    expect(one.waiting).toBe(0);
  });

  it("of a whole batch for the form of one does not cost the others", async () => {
    house.annotate.mockImplementation(async (all) => {
      if (all.some(({ id }) => id === "bad")) throw problem(422);
      return all.map(({ id }) => ({ id, outcome: "done", reason: null }));
    });
    house.save.mockRejectedValueOnce(new Unreachable(null));
    const one = sender();
    one.link = "down";
    ["a", "bad", "b"].forEach((id) => one.operation(ADD(id)));
    await one.flush();
    expect(refused).toEqual(["no, because"]);
    expect(house.annotate.mock.calls.slice(1).map(([all]) => all.map(({ id }) => id))).toEqual([["a"], ["bad"], ["b"]]);
  });

  it("for a lost lease keeps what waits until the script is taken up again", async () => {
    house.annotate.mockRejectedValueOnce(problem(409));
    const one = sender();
    one.operation(ADD("a"));
    await vi.waitFor(() => expect(one.link).toBe("lost"));
    expect(one.waiting).toBe(1);
    expect(store.kept.size).toBe(1);
    one.resume();
    await vi.waitFor(() => expect(one.waiting).toBe(0));
  });
});
