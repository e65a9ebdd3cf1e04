import type { SlaState } from "@/components/SlaChip.vue";
import { serverNow } from "@/base/access";

const SOON_MS = 2 * 3_600_000;

/** How a promise stands, as far as a teacher's list can tell: late, due within two hours, in time, or standing still. */
export function slaOf(due: string | null, now: number = serverNow()): SlaState {
  if (due === null) return "paused";
  const left = Date.parse(due) - now;
  if (left < 0) return "breached";
  return left <= SOON_MS ? "due_soon" : "on_track";
}
