import type { Ref, ShallowRef } from "vue";
import type { Desk } from "./desk";
import type { Entry } from "./entry";
import type { Place } from "./geometry";
import type { Action } from "./keymap";
import type { Tool } from "./pointers";

/** What the page at hand can be asked to do. */
export interface StageHandle {
  putHere(kind: Tool): void;
  nearestHere(): string | null;
  moveCross(dx: number, dy: number): void;
  hideCross(): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  turn(): void;
}

/** The marking screen, as actions change it. */
export interface Screen {
  desk: Desk;
  entry: Entry;
  stage: Readonly<ShallowRef<StageHandle | null>>;
  tool: Ref<Tool>;
  sheetId(): string;
  turnPage(by: number): void;
  nextScript(): void;
  later(): void;
  help(): void;
  nextUnmarked(): void;
}

const STAMPS = ["tick", "cross", "half", "circle", "star", "comment"] as const;

/** What each key does. */
export function deedsOf(screen: Screen): Record<Action, () => void> {
  const { desk, entry, stage, tool } = screen;
  const stamp = (kind: Tool) => (): void => stage.value?.putHere(kind);
  const stamps = Object.fromEntries(STAMPS.map((kind) => [kind, stamp(kind)])) as Record<(typeof STAMPS)[number], () => void>;
  const toggle = (wanted: Tool): void => void (tool.value = tool.value === wanted ? "hand" : wanted);
  return {
    ...stamps,
    pen: () => toggle("pen"),
    eraser: () => {
      const key = stage.value?.nearestHere();
      if (key && !desk.readOnly) desk.log.erase(key);
      else toggle("eraser");
    },
    undo: () => void (desk.readOnly || desk.log.undo()),
    redo: () => void (desk.readOnly || desk.log.redo()),
    "next-question": () => entry.turn(1),
    "previous-question": () => entry.turn(-1),
    "next-page": () => screen.turnPage(1),
    "previous-page": () => screen.turnPage(-1),
    "zoom-in": () => stage.value?.zoomIn(),
    "zoom-out": () => stage.value?.zoomOut(),
    "zoom-fit": () => stage.value?.fit(),
    rotate: () => stage.value?.turn(),
    later: screen.later,
    "next-script": screen.nextScript,
    "next-unmarked": screen.nextUnmarked,
    help: screen.help,
  };
}

/** Put something on the page at hand; ticks, halves and crosses belong to the question at hand. */
export function putter(screen: Pick<Screen, "desk" | "entry" | "sheetId">) {
  const { desk, entry, sheetId } = screen;
  const blank = (place: Place) => ({ sheet: sheetId(), ...place, points: [] as number[][], text: "", question: entry.number.value, marks: null });
  return {
    stamp: (kind: Tool, place: Place): void => {
      if (kind !== "hand" && kind !== "pen" && kind !== "comment" && kind !== "eraser") desk.log.add({ ...blank(place), kind });
    },
    text: (place: Place, text: string): void => void desk.log.add({ ...blank(place), kind: "text", text }),
    ink: (stroke: number[], middle: Place): void => void desk.log.add({ ...blank(middle), kind: "ink", points: [stroke] }),
  };
}
