import type { Link } from "./outbox";

/** What the chip says, and how it looks. `time` is the moment of the last acknowledgement. */
export interface Chip {
  says: "nothing" | "saved" | "waiting" | "offline" | "offline-saved" | "signed-out" | "refused" | "fragile";
  tone: "calm" | "ok" | "soon" | "late";
  waiting: number;
  time: string | null;
}

export interface Standing {
  waiting: number;
  refused: number;
  lastSavedAt: string | null;
  online: boolean;
  link: Link;
  fragile: boolean;
}

/** The truth about saving, the gravest first: "saved" is said only of what the server has acknowledged. */
export function chipOf(standing: Standing): Chip {
  const chip = (says: Chip["says"], tone: Chip["tone"]): Chip => ({ says, tone, waiting: standing.waiting, time: standing.lastSavedAt });
  const offline = !standing.online || standing.link === "down";
  if (standing.waiting > 0 && standing.link === "signed-out") return chip("signed-out", "late");
  if (standing.waiting > 0 && standing.fragile) return chip("fragile", "late");
  if (standing.waiting > 0) return chip(offline ? "offline" : "waiting", "soon");
  if (standing.refused > 0) return chip("refused", "late");
  if (offline) return chip("offline-saved", "soon");
  return standing.lastSavedAt === null ? chip("nothing", "calm") : chip("saved", "ok");
}
