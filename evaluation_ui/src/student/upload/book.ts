/** The answer book as far as it has come: which question is where, what is missing, how pages move. Pure. */

export interface Page {
  readonly id: string;
  readonly page_number: number;
  readonly question_numbers: readonly number[];
}

export interface Standing {
  readonly number: number;
  readonly pages: readonly number[];
  readonly leftOut: boolean;
}

/** Each written question with its pages; "pages" counts from 1 in reading order, gaps closed. */
export function standings(written: readonly number[], pages: readonly Page[], leftOut: readonly number[]): Standing[] {
  return written.map((number) => ({
    number,
    pages: pages.flatMap((page, index) => (page.question_numbers.includes(number) ? [index + 1] : [])),
    leftOut: leftOut.includes(number),
  }));
}

export function missing(found: readonly Standing[]): number[] {
  return found.filter((each) => !each.pages.length && !each.leftOut).map((each) => each.number);
}

export function contradictory(found: readonly Standing[]): number[] {
  return found.filter((each) => each.pages.length && each.leftOut).map((each) => each.number);
}

/** Pages that say of no question that it is on them: allowed, but most often forgotten. */
export function unmapped(pages: readonly Page[]): number[] {
  return pages.flatMap((page, index) => (page.question_numbers.length ? [] : [index + 1]));
}

export function toggled(numbers: readonly number[], number: number): number[] {
  const rest = numbers.filter((each) => each !== number);
  return rest.length < numbers.length ? rest : [...numbers, number].sort((a, b) => a - b);
}

/** The ids after moving the one at ``from`` to ``to``; the same list when there is no such place. */
export function moved(ids: readonly string[], from: number, to: number): string[] {
  const id = ids[from];
  if (id === undefined || to < 0 || to >= ids.length || from === to) return [...ids];
  const rest = ids.filter((_, index) => index !== from);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

export function lastPage(pages: readonly Page[]): number {
  return Math.max(0, ...pages.map((page) => page.page_number));
}

/** "1, 2 and 5" needs a language; a list of numbers does not. */
export function listed(numbers: readonly number[]): string {
  return numbers.join(", ");
}
