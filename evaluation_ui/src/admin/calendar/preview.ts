import { api, ask } from "@/base/api";
import type { components } from "@/api/schema";
import type { Holiday } from "../shared/types";

export type Impact = components["schemas"]["Impact"];
export type HolidayDraft = Pick<Holiday, "date" | "name" | "type" | "is_working_day" | "is_estimate" | "note">;
/** A change of a calendar that is about to be saved. */
export type Change =
  | { step: "add"; calendar: string; draft: HolidayDraft }
  | { step: "edit"; id: string; draft: HolidayDraft }
  | { step: "confirm" | "remove"; id: string };

const UNNAMED = "–";

/** What the change would do to the open promises; nothing is changed by asking. */
export function impactOf(change: Change): Promise<Impact> {
  if (change.step === "add") return ask(api.POST("/api/v1/holidays/preview", { body: { ...named(change.draft), calendar: change.calendar } }));
  const params = { path: { holiday_id: change.id } };
  const draft = change.step === "edit" ? named(change.draft) : null;
  return ask(api.POST("/api/v1/holidays/{holiday_id}/preview", { params, body: { step: change.step, draft } }));
}

/** A closed date, whatever closes it. */
export function closing(calendar: string, date: string): Change {
  return { step: "add", calendar, draft: { date, name: UNNAMED, type: "national", is_working_day: false, is_estimate: false, note: "" } };
}

/** The name moves no clock: a preview does not wait until it is typed. */
function named(draft: HolidayDraft): HolidayDraft {
  return { ...draft, name: draft.name.trim() || UNNAMED, note: "" };
}
