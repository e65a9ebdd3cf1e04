/** What a key can do on the marking screen. Digits, the point and Enter are not among them: they write marks. */
export const ACTIONS = [
  "tick", "cross", "half", "circle", "star", "pen", "comment", "eraser", "undo", "redo", "next-question",
  "previous-question", "next-page", "previous-page", "zoom-in", "zoom-out", "zoom-fit", "rotate", "later",
  "next-script", "next-unmarked", "help",
] as const;
export type Action = (typeof ACTIONS)[number];
export type Keymap = Readonly<Record<Action, string>>;

/** The keys as they come. */
export const DEFAULTS: Keymap = {
  tick: "T", cross: "X", half: "H", circle: "O", star: "S", pen: "P", comment: "C", eraser: "E",
  undo: "Ctrl+Z", redo: "Ctrl+Shift+Z", "next-question": "J", "previous-question": "K", "next-page": "]",
  "previous-page": "[", "zoom-in": "+", "zoom-out": "-", "zoom-fit": "Shift+0", rotate: "R", later: "B",
  "next-script": "N", "next-unmarked": "Shift+Enter", help: "?",
};

/** What a keyboard event says of its keys. */
export interface Press {
  key: string;
  code?: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

const SHIFTED = new Set(["Enter", "Tab", "Escape"]);

/** A press in words: "T", "Ctrl+Shift+Z", "Shift+Enter", "?". Shift is named where it does not show in the sign. */
export function chordOf(press: Press): string {
  const digit = /^Digit(\d)$/.exec(press.code ?? "")?.[1];
  const key = press.shiftKey && digit !== undefined ? digit : signOf(press.key);
  const names = [];
  if (press.ctrlKey || press.metaKey) names.push("Ctrl");
  if (press.altKey) names.push("Alt");
  const isLetter = key.length === 1 && key !== key.toLowerCase();
  if (press.shiftKey && (isLetter || digit !== undefined || SHIFTED.has(key) || key.length > 1)) names.push("Shift");
  return [...names, key].join("+");
}

function signOf(key: string): string {
  if (key === "−" || key === "_") return "-";
  if (key === "=") return "+";
  return key.length === 1 ? key.toUpperCase() : key;
}

/** What a press does; undefined when nothing. A capital letter without Ctrl is the letter. */
export function actionOf(press: Press, keymap: Keymap): Action | undefined {
  const chord = chordOf(press);
  const plain = press.ctrlKey || press.metaKey || press.altKey ? chord : chord.replace(/^Shift\+(?=[A-Z]$)/, "");
  return ACTIONS.find((action) => keymap[action] === chord) ?? ACTIONS.find((action) => keymap[action] === plain);
}

/** Whether a press belongs to what has the focus, so that no shortcut may take it. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest("dialog") !== null;
}

/** The keymap with one action on other keys; whatever was on them gets the old ones, so that none is left without. */
export function remapped(keymap: Keymap, action: Action, chord: string): Keymap {
  const holder = ACTIONS.find((other) => other !== action && keymap[other] === chord);
  return { ...keymap, ...(holder ? { [holder]: keymap[action] } : {}), [action]: chord };
}

/** Whether keys may be given to an action: those that write marks and move focus stay what they are. */
export function isFree(chord: string): boolean {
  return !/^(\d|\.|,|Enter|Escape|Tab|Shift\+Tab|Shift|Ctrl\+?.*Control|Control|Alt|Meta|Backspace|Arrow\w+|Ctrl\+[RTWNL])$/.test(chord) && !/(Shift|Control|Alt|Meta)$/.test(chord);
}
