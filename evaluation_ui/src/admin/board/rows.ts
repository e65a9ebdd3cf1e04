import type { BoardRow } from "../shared/types";
import type { SlaState } from "@/components/SlaChip.vue";
import { dateInIndia } from "../calendar/grid";

export type Band = "all" | "due_today" | "at_risk" | "breached" | "on_hold";
export const BANDS: readonly Band[] = ["all", "due_today", "at_risk", "breached", "on_hold"];

const AT_RISK_MS = 2 * 3_600_000;

/** How a promise stands at a moment, by the clock on the wall; the counts above the table use working time. */
export function standing(row: Pick<BoardRow, "state" | "breached_at" | "due_at">, now: number): SlaState {
  if (row.breached_at !== null) return "breached";
  if (row.state === "on_hold") return "paused";
  const left = Date.parse(row.due_at) - now;
  if (left < 0) return "breached";
  return left <= AT_RISK_MS ? "due_soon" : "on_track";
}

/** Whether a row belongs under a heading of the board. */
export function isIn(row: BoardRow, band: Band, now: number): boolean {
  const state = standing(row, now);
  if (band === "all") return true;
  if (band === "breached") return state === "breached";
  if (band === "on_hold") return row.state === "on_hold";
  if (band === "at_risk") return state === "due_soon";
  return (state === "on_track" || state === "due_soon") && dateInIndia(Date.parse(row.due_at)) === dateInIndia(now);
}
