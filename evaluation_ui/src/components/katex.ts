import katex from "katex";
import "katex/dist/katex.min.css";
import type { Piece } from "./mathematics";

/** Set one formula; what KaTeX cannot read stays as it was typed. */
export function render(piece: Piece, element: HTMLElement): void {
  try {
    withoutStyleAttributes(() => katex.render(piece.text, element, { displayMode: piece.kind === "formula" && piece.display, strict: "ignore", output: "htmlAndMathml" }));
  } catch {
    element.textContent = piece.text;
  }
}

/** KaTeX writes the width of a vector's arrow as a style attribute, which the policy refuses: the object model may. */
function withoutStyleAttributes(draw: () => void): void {
  const plain = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (this: Element & Partial<ElementCSSInlineStyle>, name: string, value: string): void {
    if (name === "style" && this.style) this.style.cssText = value;
    else plain.call(this, name, value);
  };
  try {
    draw();
  } finally {
    Element.prototype.setAttribute = plain;
  }
}
