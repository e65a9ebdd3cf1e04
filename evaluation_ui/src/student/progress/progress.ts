/** Progress in words. Pure. */
import { marks } from "@/base/format";
import type { components } from "@/api/schema";

export type Progress = components["schemas"]["Progress"];
export type UnitProgress = components["schemas"]["UnitProgress"];

export function percent(share: string | number): number {
  return Math.round(Number(share) * 100);
}

/** Whether anything was published yet: before that, every bar would only repeat what is assumed of everybody. */
export function hasEvidence(progress: Progress): boolean {
  return progress.units.some((unit) => Number(unit.evidence.possible) > 0);
}

export function unitLine(unit: UnitProgress): { key: string; values: Record<string, string | number> } {
  const values = {
    n: percent(unit.mastery),
    awarded: marks(unit.evidence.awarded),
    possible: marks(unit.evidence.possible),
    board: unit.board_marks,
  };
  return { key: Number(unit.evidence.possible) > 0 ? "result.progress.unit-words" : "result.progress.unit-none", values };
}
