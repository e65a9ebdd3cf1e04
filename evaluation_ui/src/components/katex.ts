import katex from "katex";
import "katex/dist/katex.min.css";
import type { Piece } from "./mathematics";

/** Set one formula; what KaTeX cannot read stays as it was typed. */
export function render(piece: Piece, element: HTMLElement): void {
  try {
    katex.render(piece.text, element, { displayMode: piece.kind === "formula" && piece.display, strict: "ignore", output: "htmlAndMathml" });
  } catch {
    element.textContent = piece.text;
  }
}
