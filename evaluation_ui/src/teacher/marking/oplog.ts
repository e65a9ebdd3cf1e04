import type { components } from "@/api/schema";
import { movedStrokes, onPage, type Place } from "./geometry";
import { sameDraft, type Draft } from "./draft";

export type Annotation = components["schemas"]["Annotation"];
export type Kind = "tick" | "cross" | "half" | "circle" | "star" | "ink" | "text";

/** One thing on a page. `key` is its identity on this screen; `id` is what the house knows it by. */
export interface Item {
  key: string;
  id: string;
  sheet: string;
  kind: Kind;
  x: number;
  y: number;
  points: readonly (readonly number[])[];
  text: string;
  question: number | null;
  marks: string | null;
}

/** What the house is told of the pages. */
export type Operation =
  | { op: "add"; id: string; sheet_id: string; kind: Kind; x: number; y: number; points: number[][]; text: string; question_number: number | null; marks: string | null }
  | { op: "move"; id: string; x: number; y: number; points: number[][] }
  | { op: "erase"; id: string };

type Where = Pick<Item, "x" | "y" | "points">;
type Entry =
  | { what: "add"; item: Item }
  | { what: "erase"; item: Item }
  | { what: "move"; key: string; from: Where; to: Where }
  | { what: "mark"; number: number; from: Draft; to: Draft };

/** Who is told of what was done: the outbox. */
export interface Listener {
  operation(operation: Operation): void;
  mark(number: number, draft: Draft): void;
}

const NO_DRAFT: Draft = { steps: {}, notAttempted: false, remark: "" };

/**
 * Everything that was done to a script, in order, each with its opposite. What is done, undone and done again is
 * told to the outbox alike. The house never takes the id of an erased thing again, so what comes back by undo has
 * a new id behind the same key.
 */
export class OperationLog {
  readonly items = new Map<string, Item>();
  readonly drafts = new Map<number, Draft>();
  private readonly done: Entry[] = [];
  private readonly undone: Entry[] = [];
  private readonly spent = new Set<string>();

  constructor(
    private readonly listener: Listener,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Lay out what the house has, or what an earlier visit left in the outbox: nothing of it is undone here. */
  lay(item: Item): void {
    this.items.set(item.key, item);
  }

  /** What an earlier visit did and the house may not have yet. */
  replay(operation: Operation): void {
    if (operation.op === "add") return this.lay(itemOf(operation));
    const item = [...this.items.values()].find((one) => one.id === operation.id);
    if (!item) return;
    if (operation.op === "erase") this.items.delete(item.key);
    else this.items.set(item.key, { ...item, x: operation.x, y: operation.y, points: operation.points.length ? operation.points : item.points });
  }

  /** Put something new on a page. */
  add(fresh: Omit<Item, "key" | "id">): Item {
    const id = this.newId();
    const item = { ...fresh, ...onPage(fresh), key: id, id };
    this.act({ what: "add", item });
    return item;
  }

  /** Take something off its page. */
  erase(key: string): void {
    const item = this.items.get(key);
    if (item) this.act({ what: "erase", item });
  }

  /** Move something to another place on its page; ink keeps its shape. */
  move(key: string, to: Place): void {
    const item = this.items.get(key);
    if (!item) return;
    const place = onPage(to);
    const points = item.points.length > 0 ? movedStrokes(item.points, { x: place.x - item.x, y: place.y - item.y }) : [];
    if (place.x === item.x && place.y === item.y) return;
    this.act({ what: "move", key, from: whereOf(item), to: { ...place, points } });
  }

  /** Save a question's mark. */
  mark(number: number, draft: Draft): void {
    const from = this.drafts.get(number) ?? NO_DRAFT;
    if (sameDraft(from, draft) && this.drafts.has(number)) return;
    this.act({ what: "mark", number, from, to: draft });
  }

  /** Take the last thing back. Says what it was. */
  undo(): Entry["what"] | null {
    const entry = this.done.pop();
    if (!entry) return null;
    this.carryOut(opposite(entry));
    this.undone.push(entry);
    return entry.what;
  }

  /** Do again what was taken back. */
  redo(): Entry["what"] | null {
    const entry = this.undone.pop();
    if (!entry) return null;
    this.carryOut(entry);
    this.done.push(entry);
    return entry.what;
  }

  /** What the house refused is not on the page, whatever the screen says. */
  drop(id: string): Item | undefined {
    const item = [...this.items.values()].find((one) => one.id === id);
    if (item) this.items.delete(item.key);
    return item;
  }

  private act(entry: Entry): void {
    this.carryOut(entry);
    this.done.push(entry);
    this.undone.length = 0;
  }

  private carryOut(entry: Entry): void {
    if (entry.what === "mark") {
      this.drafts.set(entry.number, entry.to);
      this.listener.mark(entry.number, entry.to);
    } else if (entry.what === "add") this.putDown(entry.item);
    else if (entry.what === "erase") this.pickUp(entry.item.key);
    else this.shift(entry.key, entry.to);
  }

  private putDown(item: Item): void {
    const isNew = item.key === item.id && !this.spent.has(item.id);
    const laid = isNew ? item : { ...item, id: this.newId() };
    this.spent.add(laid.id);
    this.items.set(laid.key, laid);
    this.listener.operation(additionOf(laid));
  }

  private pickUp(key: string): void {
    const item = this.items.get(key);
    if (!item) return;
    this.spent.add(item.id);
    this.items.delete(key);
    this.listener.operation({ op: "erase", id: item.id });
  }

  private shift(key: string, to: Where): void {
    const item = this.items.get(key);
    if (!item) return;
    this.items.set(key, { ...item, ...to });
    this.listener.operation({ op: "move", id: item.id, x: to.x, y: to.y, points: to.points.map((stroke) => [...stroke]) });
  }
}

function opposite(entry: Entry): Entry {
  if (entry.what === "add") return { ...entry, what: "erase" };
  if (entry.what === "erase") return { ...entry, what: "add" };
  if (entry.what === "mark") return { ...entry, from: entry.to, to: entry.from };
  return { ...entry, from: entry.to, to: entry.from };
}

const whereOf = ({ x, y, points }: Item): Where => ({ x, y, points });

function additionOf(item: Item): Operation {
  const { id, sheet, kind, x, y, text, question, marks } = item;
  return { op: "add", id, sheet_id: sheet, kind, x, y, points: item.points.map((stroke) => [...stroke]), text, question_number: question, marks };
}

/** Something on a page, from what the house or the outbox says of it. */
export function itemOf(from: Omit<Extract<Operation, { op: "add" }>, "op" | "kind"> & { kind: string }): Item {
  const { id, sheet_id: sheet, kind, x, y, points, text, question_number: question, marks } = from;
  return { key: id, id, sheet, kind: kind as Kind, x, y, points, text, question, marks };
}
