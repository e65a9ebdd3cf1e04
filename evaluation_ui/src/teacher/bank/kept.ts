/** What is being typed, kept in this tab until it is saved: a reload or a wrong click loses nothing. */
export interface Kept<Draft> {
  version: number;
  draft: Draft;
}

const name = (what: string): string => `mathvidya-draft-${what}`;

export function keep<Draft>(what: string, kept: Kept<Draft>): void {
  try {
    sessionStorage.setItem(name(what), JSON.stringify(kept));
  } catch {
    // A full or forbidden store takes the second net away, not the first: the page still holds what was typed.
  }
}

export function keptOf<Draft>(what: string): Kept<Draft> | null {
  const text = sessionStorage.getItem(name(what));
  return text === null ? null : (JSON.parse(text) as Kept<Draft>);
}

export function letGo(what: string): void {
  sessionStorage.removeItem(name(what));
}
