import { onScopeDispose } from "vue";
import { actionOf, isWriting, type Action, type Keymap } from "./keymap";

export interface KeyDeeds {
  keymap(): Keymap;
  keysOn(): boolean;
  act(action: Action): void;
  type(sign: string): void;
  enter(): void;
  escape(): void;
  arrow(dx: number, dy: number): void;
}

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.01;
const ACTIVATED = "button, a, summary, [role=tab], [role=button]";
const ONCE: readonly Action[] = ["tick", "cross", "half", "circle", "star", "comment", "next-script", "later", "rotate"];

/** Keys of the whole screen. What somebody writes in a field, and what a button does with Enter, stays theirs. */
export function useKeys(deeds: KeyDeeds): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isWriting(event.target)) return;
    if (deeds.keysOn() ? take(event, deeds) : event.key === "?" && take(event, deeds)) event.preventDefault();
  };
  addEventListener("keydown", pressed);
  onScopeDispose(() => removeEventListener("keydown", pressed));
}

/** Whether the press was ours. */
function take(event: KeyboardEvent, deeds: KeyDeeds): boolean {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && writes(event, deeds)) return true;
  const action = actionOf(event, deeds.keymap());
  if (!action) return false;
  if (!(event.repeat && ONCE.includes(action))) deeds.act(action);
  return true;
}

function writes(event: KeyboardEvent, deeds: KeyDeeds): boolean {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const far = event.shiftKey ? 5 * STEP : STEP;
    deeds.arrow(arrow[0] * far, arrow[1] * far);
  } else if (/^[\d.,]$/.test(event.key) || event.key === "Backspace") deeds.type(event.key === "," ? "." : event.key);
  else if (event.key === "Enter" && !event.shiftKey && !isActivated(event.target)) deeds.enter();
  else if (event.key === "Escape") deeds.escape();
  else return false;
  return true;
}

const isActivated = (target: EventTarget | null): boolean => target instanceof Element && target.closest(ACTIVATED) !== null;
