/** A step as it is typed: its marks are a text until it is saved. */
export interface StepDraft {
  marks: string;
  text: string;
}

export interface MethodDraft {
  title: string;
  steps: StepDraft[];
}

export interface SchemeDraft {
  steps: StepDraft[];
  alternatives: MethodDraft[];
  follow_through: string;
}

export interface Balance {
  state: "exact" | "short" | "over" | "unreadable";
  /** Marks as decimal strings, as they travel. */
  sum: string;
  off: string;
}

const HALF_MARKS = /^(\d+)?(?:½|[.,](0|5)0?)?$/;

/** How many half marks a typed text means: "2", "1.5", "1½", "½"; null for anything else. */
export function halvesOf(typed: string): number | null {
  const text = typed.trim();
  const found = HALF_MARKS.exec(text);
  if (text === "" || !found) return null;
  const half = text.endsWith("½") || found[2] === "5" ? 1 : 0;
  return Number(found[1] ?? 0) * 2 + half;
}

/** Half marks as the decimal string that travels: 3 is "1.5". */
export function decimalOf(halves: number): string {
  return halves % 2 === 0 ? String(halves / 2) : `${Math.floor(halves / 2)}.5`;
}

/** What was typed as the API takes it; what is no number stays as it was typed, for the API to name. */
export function travelling(typed: string): string {
  const halves = halvesOf(typed);
  return halves === null ? typed.trim() : decimalOf(halves);
}

/** How the steps of one method stand against the marks that are to be had. */
export function balanceOf(steps: readonly StepDraft[], marks: string): Balance {
  const wanted = halvesOf(marks);
  const read = steps.map((step) => halvesOf(step.marks));
  const sum = read.reduce<number>((total, halves) => total + (halves ?? 0), 0);
  const off = Math.abs((wanted ?? 0) - sum);
  const figures = { sum: decimalOf(sum), off: decimalOf(off) };
  if (wanted === null || read.some((halves) => halves === null || halves === 0)) return { state: "unreadable", ...figures };
  if (sum === wanted) return { state: "exact", ...figures };
  return { state: sum < wanted ? "short" : "over", ...figures };
}

/** A scheme to begin with: one step for everything. */
export function emptyScheme(): SchemeDraft {
  return { steps: [emptyStep()], alternatives: [], follow_through: "" };
}

export function emptyStep(): StepDraft {
  return { marks: "1", text: "" };
}

/** The list with the member at `from` moved by `by`, where that is possible. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const copy = [...list];
  if (to < 0 || to >= copy.length) return copy;
  const [member] = copy.splice(from, 1) as [T];
  copy.splice(to, 0, member);
  return copy;
}
