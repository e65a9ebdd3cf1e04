export type Piece = { kind: "text" | "break"; text: string; display: false } | { kind: "formula"; text: string; display: boolean };

const FORMULA = /\$\$([\s\S]+?)\$\$|\$((?:\\.|[^$\\])+?)\$/g;

/** A text cut into words, line breaks and formulas: `$…$` in the line, `$$…$$` on a line of its own. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(FORMULA)) {
    pieces.push(...words(text.slice(from, found.index)));
    const display = found[1] !== undefined;
    pieces.push({ kind: "formula", text: (found[1] ?? found[2] ?? "").trim(), display });
    from = found.index + found[0].length;
  }
  return [...pieces, ...words(text.slice(from))];
}

function words(text: string): Piece[] {
  return text
    .replaceAll("\\$", "$")
    .split(/(\n)/)
    .filter((part) => part !== "")
    .map((part): Piece => (part === "\n" ? { kind: "break", text: "", display: false } : { kind: "text", text: part, display: false }));
}
