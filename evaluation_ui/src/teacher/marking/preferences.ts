import { ACTIONS, DEFAULTS, type Keymap } from "./keymap";

/** What a teacher has chosen for their own eyes and hands; kept on this device. */
export interface Preferences {
  keymap: Keymap;
  keysOn: boolean;
  panel: "start" | "end";
}

const KEPT = "mathvidya-marking-preferences";

/** The choices of this device; what cannot be read counts as not chosen. */
export function readPreferences(storage: Storage = localStorage): Preferences {
  try {
    const kept = JSON.parse(storage.getItem(KEPT) ?? "{}") as Partial<Preferences>;
    const known = Object.entries(kept.keymap ?? {}).filter(([action, chord]) => isAction(action) && typeof chord === "string");
    return {
      keymap: { ...DEFAULTS, ...(Object.fromEntries(known) as Partial<Keymap>) },
      keysOn: kept.keysOn !== false,
      panel: kept.panel === "start" ? "start" : "end",
    };
  } catch {
    return { keymap: DEFAULTS, keysOn: true, panel: "end" };
  }
}

export function keepPreferences(preferences: Preferences, storage: Storage = localStorage): void {
  storage.setItem(KEPT, JSON.stringify(preferences));
}

const isAction = (name: string): boolean => (ACTIONS as readonly string[]).includes(name);
