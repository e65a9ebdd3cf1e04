import type { SlaState } from "@/components/SlaChip.vue";
import type { BoardRow } from "../shared/types";

export type Band = "open" | "due_today" | "at_risk" | "breached" | "on_hold";
export const BANDS: readonly Band[] = ["open", "due_today", "at_risk", "breached", "on_hold"];

const CHIPS: Record<BoardRow["band"], SlaState> = {
  on_track: "on_track",
  due_today: "due_soon",
  at_risk: "due_soon",
  breached: "breached",
  on_hold: "paused",
};

/** The chip of a promise, by its band. */
export function chipOf(row: Pick<BoardRow, "band">): SlaState {
  return CHIPS[row.band];
}

/** Who may take every one of these rows: their classes, and not disabled. */
export function able<One extends { disabled_at: string | null; may_mark: readonly string[] }>(
  teachers: readonly One[],
  rows: readonly Pick<BoardRow, "class_level">[],
): One[] {
  return teachers.filter((one) => one.disabled_at === null && rows.every((row) => one.may_mark.includes(row.class_level)));
}
