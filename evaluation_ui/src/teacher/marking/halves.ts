/** Marks as whole numbers of halves: sums are exact, and nothing is ever rounded. */
export type Halves = number;

const WRITTEN = /^(\d{0,3})(?:[.,](\d)|(½))?$/;

/** What a teacher wrote, in halves; null when it is no mark: "2", "2.5", ".5", "2½", "2,5". */
export function halvesOf(written: string): Halves | null {
  const found = WRITTEN.exec(written.trim());
  if (!found || written.trim() === "") return null;
  const [, whole = "", tenth, half] = found;
  if (whole === "" && tenth === undefined && half === undefined) return null;
  if (tenth !== undefined && tenth !== "0" && tenth !== "5") return null;
  return Number(whole) * 2 + (tenth === "5" || half !== undefined ? 1 : 0);
}

/** A mark as it travels: "2.5". */
export function decimalOf(halves: Halves): string {
  return String(halves / 2);
}

/** A mark that travelled. */
export function fromDecimal(decimal: string): Halves {
  return Math.round(Number(decimal) * 2);
}
