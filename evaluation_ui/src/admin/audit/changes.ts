/** What an act changed, line by line: `was` and `is` beside each other where both are known. */
export interface Changed {
  field: string;
  was: string | null;
  is: string;
}

export function changesOf(changes: unknown): Changed[] {
  if (typeof changes !== "object" || changes === null) return [];
  return Object.entries(changes).map(([field, value]) => {
    const both = value as { was?: unknown; is?: unknown } | null;
    const isPair = typeof both === "object" && both !== null && "was" in both && "is" in both;
    return isPair ? { field, was: words(both.was), is: words(both.is) } : { field, was: null, is: words(value) };
  });
}

/** Only the filters that are set, as the address keeps them. */
export function setOnly(filters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value.trim() !== ""));
}

/** The moment at which a date of India begins, or ends. */
export function edgeOf(date: string, edge: "start" | "end"): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const start = Date.parse(`${date}T00:00:00+05:30`);
  return new Date(edge === "start" ? start : start + 86_400_000).toISOString();
}

function words(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
