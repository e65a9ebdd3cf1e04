import { clockTime, marks } from "@/base/format";
import { plural, t } from "@/base/texts";
import type { Item } from "./oplog";
import type { StepRow } from "./scheme";
import type { Link } from "./sender";

/** A mark as it is read out and listed: "tick, question 3, page 2". */
export function markWords(item: Item, page: number): string {
  const parts = [
    t(`common.stamp.${item.kind}`),
    item.text,
    item.question === null ? "" : t("common.question.n", { n: item.question }),
    item.marks === null || item.kind !== "tick" ? "" : plural("common.marks", Number(item.marks), { n: marks(item.marks) }),
    t("common.page.n", { n: page }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** The place of a step in words: "part ii, OR, method 2, step 3". */
export function stepWords(row: StepRow): string {
  const parts = [
    row.part === "" ? "" : t("marking.step.part", { part: row.part.replace(/^or-/, "") }),
    row.alternative === "second" || row.part.startsWith("or-") ? t("common.or") : "",
    row.method === 0 ? "" : t("marking.step.method", { n: row.method + 1 }),
    t("marking.step.n", { n: row.step }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** The truth about saving. "Saved" is said only of what the house has acknowledged. */
export function savingWords(state: { link: Link; waiting: number; savedAt: number | null }): string {
  const waiting = state.waiting > 0 ? plural("marking.saving.waiting", state.waiting) : "";
  if (state.link === "lost") return [t("marking.saving.lost"), waiting].filter(Boolean).join(" · ");
  if (state.link === "down") return [t("marking.saving.offline"), waiting].filter(Boolean).join(" · ");
  if (waiting) return waiting;
  if (state.savedAt === null) return t("marking.saving.nothing");
  return t("marking.saving.saved", { time: clockTime(new Date(state.savedAt).toISOString()) });
}
