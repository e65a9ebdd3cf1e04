import { Problem } from "@/base/problem";

/** By place, such as `parts.1.scheme.steps.0.marks`, what the API found wrong. */
export type Errors = Readonly<Record<string, string[]>>;

/** The API's two spellings of a place, `steps[0].marks` and `steps.0.marks`, as one. */
export function placeOf(field: string): string {
  return field.replace(/\[(\d+)\]/g, ".$1").replace(/^\./, "");
}

/** What a refusal says about fields, by place. */
export function errorsOf(error: unknown): Errors {
  if (!(error instanceof Problem)) return {};
  const found: Record<string, string[]> = {};
  for (const [field, messages] of Object.entries(error.errors)) (found[placeOf(field)] ??= []).push(...messages);
  return found;
}

/** Whether the version that was looked at is no longer the latest. */
export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}

/** Bring a place of the form into view and put the cursor there; the nearest enclosing one, where it has no control. */
export function goTo(place: string): void {
  for (let at = place; at !== ""; at = at.includes(".") ? at.slice(0, at.lastIndexOf(".")) : "") {
    const found = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(at)}"]`);
    const control = found?.querySelector<HTMLElement>("input, select, textarea, button");
    if (!found || !control) continue;
    found.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
    return;
  }
}
