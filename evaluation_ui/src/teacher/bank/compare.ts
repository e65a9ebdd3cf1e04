/** A text with its place in a document and the words that name the place. */
export interface Row {
  place: string;
  label: string;
  text: string;
}

export interface ComparedRow {
  place: string;
  label: string;
  before: string | null;
  after: string | null;
  changed: boolean;
}

export interface Piece {
  kind: "same" | "out" | "in";
  text: string;
}

const MOST_WORDS = 1_500;

/** Two documents row by row, in the order of the newer one; what only the older one has stands where it stood. */
export function compare(before: readonly Row[], after: readonly Row[]): ComparedRow[] {
  const older = new Map(before.map((row) => [row.place, row]));
  const newer = new Map(after.map((row) => [row.place, row]));
  return mergedPlaces(before, after).map((place) => {
    const [was, is] = [older.get(place), newer.get(place)];
    const texts = { before: was?.text ?? null, after: is?.text ?? null };
    return { place, label: (is ?? was)?.label ?? place, ...texts, changed: texts.before !== texts.after };
  });
}

function mergedPlaces(before: readonly Row[], after: readonly Row[]): string[] {
  const places = after.map((row) => row.place);
  let previous = -1;
  for (const { place } of before) {
    const at = places.indexOf(place);
    previous = at === -1 ? previous + 1 : at;
    if (at === -1) places.splice(previous, 0, place);
  }
  return places;
}

/** What was taken out and put in, word by word; of very long texts as a whole. */
export function wordsChanged(before: string, after: string): Piece[] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  if (was.length > MOST_WORDS || is.length > MOST_WORDS) return joined([piece("out", before), piece("in", after)]);
  return joined(walked(was, is, lengths(was, is)));
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|\\[a-zA-Z]+|\w+|[^\s\w]/g) ?? [];
}

/** For every pair of ends, how long the longest common run of words from there on is. */
function lengths(was: readonly string[], is: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: was.length + 1 }, () => new Uint16Array(is.length + 1));
  for (let i = was.length - 1; i >= 0; i--) {
    const [row, below] = [table[i]!, table[i + 1]!];
    for (let j = is.length - 1; j >= 0; j--) row[j] = was[i] === is[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
  }
  return table;
}

function walked(was: readonly string[], is: readonly string[], table: readonly Uint16Array[]): Piece[] {
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < is.length) {
    if (i < was.length && j < is.length && was[i] === is[j]) {
      pieces.push(piece("same", was[i]!));
      i++;
      j++;
    } else if (j === is.length || (i < was.length && table[i + 1]![j]! >= table[i]![j + 1]!)) pieces.push(piece("out", was[i++]!));
    else pieces.push(piece("in", is[j++]!));
  }
  return pieces;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const each of pieces) {
    const last = merged.at(-1);
    if (last?.kind === each.kind) last.text += each.text;
    else if (each.text !== "") merged.push({ ...each });
  }
  return merged;
}

function piece(kind: Piece["kind"], text: string): Piece {
  return { kind, text };
}
