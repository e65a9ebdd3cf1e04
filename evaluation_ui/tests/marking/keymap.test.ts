import { describe, expect, it } from "vitest";
import { actionOf, ACTIONS, chordOf, DEFAULTS, isFree, isWriting, remapped, type Press } from "@/teacher/marking/keymap";
import { keepPreferences, readPreferences } from "@/teacher/marking/preferences";
import { Once } from "@/teacher/marking/once";
import { draws } from "@/teacher/marking/pointers";

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, ...more });

describe("keys", () => {
  it.each([
    [press("t"), "tick"], [press("T", { shiftKey: true }), "tick"], [press("x"), "cross"], [press("h"), "half"], [press("o"), "circle"],
    [press("s"), "star"], [press("p"), "pen"], [press("c"), "comment"], [press("e"), "eraser"], [press("z", { ctrlKey: true }), "undo"],
    [press("Z", { ctrlKey: true, shiftKey: true }), "redo"], [press("j"), "next-question"], [press("k"), "previous-question"],
    [press("["), "previous-page"], [press("]"), "next-page"], [press("+", { shiftKey: true }), "zoom-in"], [press("="), "zoom-in"],
    [press("-"), "zoom-out"], [press("−"), "zoom-out"], [press(")", { shiftKey: true, code: "Digit0" }), "zoom-fit"], [press("r"), "rotate"],
    [press("b"), "later"], [press("n"), "next-script"], [press("Enter", { shiftKey: true }), "next-unmarked"], [press("?", { shiftKey: true }), "help"],
  ])("%o does what it says", (given, action) => expect(actionOf(given, DEFAULTS)).toBe(action));

  it("with Ctrl or Alt are the browser's unless they are ours", () => {
    expect(actionOf(press("t", { ctrlKey: true }), DEFAULTS)).toBeUndefined();
    expect(actionOf(press("b", { altKey: true }), DEFAULTS)).toBeUndefined();
  });

  it("have one action each", () => expect(new Set(Object.values(DEFAULTS)).size).toBe(ACTIONS.length));

  it("given to another action leave none without", () => {
    const changed = remapped(DEFAULTS, "tick", "X");
    expect([changed.tick, changed.cross]).toEqual(["X", "T"]);
    expect(chordOf(press("q"))).toBe("Q");
  });

  it.each(["5", ".", "Enter", "Tab", "Escape", "ArrowUp", "Control", "Ctrl+T"])("%s cannot be given away", (chord) => expect(isFree(chord)).toBe(false));
  it.each(["Q", "F2", "Ctrl+M", "Shift+Enter"])("%s can", (chord) => expect(isFree(chord)).toBe(true));

  it("belong to a field that somebody writes in, and to a dialog", () => {
    document.body.innerHTML = "<input><textarea></textarea><dialog><button></button></dialog><p></p>";
    const found = (name: string) => isWriting(document.querySelector(name));
    expect([found("input"), found("textarea"), found("dialog button"), found("p")]).toEqual([true, true, true, false]);
  });
});

describe("a teacher's choices", () => {
  it("are kept, and what cannot be read counts as none", () => {
    const chosen = { keymap: remapped(DEFAULTS, "tick", "Q"), keysOn: false, panel: "start" as const };
    keepPreferences(chosen);
    expect(readPreferences()).toEqual(chosen);
    localStorage.setItem("mathvidya-marking-preferences", "{broken");
    expect(readPreferences()).toEqual({ keymap: DEFAULTS, keysOn: true, panel: "end" });
  });
});

describe("a double click", () => {
  it("is one stamp; a later or another one is another", () => {
    let now = 0;
    const once = new Once(() => now);
    const here = { x: 0.5, y: 0.5 };
    expect(once.isNew("tick", here)).toBe(true);
    now = 120;
    expect(once.isNew("tick", here)).toBe(false);
    expect(once.isNew("cross", here)).toBe(true);
    now = 900;
    expect(once.isNew("cross", here)).toBe(true);
  });
});

describe("pointers", () => {
  it("pen draws, a mouse with the pen in hand, a finger never", () => {
    expect([draws("pen", "hand"), draws("pen", "pen"), draws("mouse", "pen"), draws("mouse", "hand"), draws("touch", "pen")]).toEqual([true, true, true, false, false]);
  });
});
