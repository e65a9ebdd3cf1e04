import { beforeEach, describe, expect, it } from "vitest";
import { itemOf, OperationLog, type Operation } from "@/teacher/marking/oplog";

let sent: Operation[];
let marks: [number, Record<string, number>][];
let log: OperationLog;
const PLACE = { sheet: "sheet", kind: "tick" as const, x: 0.5, y: 0.5, points: [], text: "", question: 3, marks: null };

beforeEach(() => {
  sent = [];
  marks = [];
  let ids = 0;
  log = new OperationLog(
    { operation: (one) => sent.push(one), mark: (number, draft) => marks.push([number, { ...draft.steps }]) },
    () => `id-${(ids += 1)}`,
  );
});

describe("the operation log", () => {
  it("takes back and does again what was added, under a new id for the house", () => {
    const { key } = log.add(PLACE);
    expect(log.undo()).toBe("add");
    expect(log.items.size).toBe(0);
    expect(log.redo()).toBe("add");
    expect(log.items.get(key)).toMatchObject({ key, id: "id-2", x: 0.5 });
    expect(sent.map((one) => [one.op, one.id])).toEqual([["add", "id-1"], ["erase", "id-1"], ["add", "id-2"]]);
  });

  it("brings back what was erased, where it was, and moves it by its new id", () => {
    log.lay(itemOf({ ...PLACE, id: "old", sheet_id: "sheet", points: [], question_number: 3 }));
    log.move("old", { x: 0.6, y: 0.5 });
    log.erase("old");
    log.undo();
    log.undo();
    expect(log.items.get("old")).toMatchObject({ id: "id-1", x: 0.5 });
    expect(sent.at(-1)).toMatchObject({ op: "move", id: "id-1", x: 0.5 });
  });

  it("forgets what was taken back once something else is done", () => {
    log.add(PLACE);
    log.undo();
    log.add(PLACE);
    expect(log.canRedo).toBe(false);
  });

  it("takes marks back too", () => {
    log.mark(3, { steps: { a: 2 }, notAttempted: false, remark: "" });
    log.mark(3, { steps: { a: 4 }, notAttempted: false, remark: "" });
    log.undo();
    expect(log.drafts.get(3)?.steps).toEqual({ a: 2 });
    expect(marks).toEqual([[3, { a: 2 }], [3, { a: 4 }], [3, { a: 2 }]]);
  });

  it("moves ink with its strokes and stops at the edge of the page", () => {
    const { key } = log.add({ ...PLACE, kind: "ink", points: [[4000, 4000, 6000, 6000]] });
    log.move(key, { x: 2, y: 0.5 });
    expect(log.items.get(key)).toMatchObject({ x: 1, points: [[8000, 4000, 10000, 6000]] });
  });

  it("does to the pages again what an earlier visit left in the outbox", () => {
    log.replay({ op: "add", id: "a", sheet_id: "sheet", kind: "star", x: 0.1, y: 0.1, points: [], text: "", question_number: null, marks: null });
    log.replay({ op: "move", id: "a", x: 0.2, y: 0.2, points: [] });
    log.replay({ op: "erase", id: "unknown" });
    expect([...log.items.values()]).toMatchObject([{ id: "a", x: 0.2 }]);
    expect(sent).toEqual([]);
    expect(log.canUndo).toBe(false);
  });

  it("has nothing to take back at the start", () => {
    expect([log.undo(), log.redo()]).toEqual([null, null]);
  });
});
