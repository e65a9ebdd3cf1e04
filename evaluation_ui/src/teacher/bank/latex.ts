import { piecesOf } from "@/components/mathematics";

/** What KaTeX cannot read in a text, in its own words; empty where everything can be set. */
export async function unreadable(text: string): Promise<string[]> {
  const formulas = piecesOf(text).filter((piece) => piece.kind === "formula");
  if (formulas.length === 0) return [];
  const { default: katex } = await import("katex");
  return formulas.flatMap((piece) => {
    try {
      katex.renderToString(piece.text, { strict: "ignore" }); // only to hear its complaint: nothing is put on the page
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message.replace(/^KaTeX parse error: /, "") : String(error)];
    }
  });
}
