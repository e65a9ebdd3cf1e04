import { api, ask } from "@/base/api";

/** Kinds of picture that the house opens. */
export const PICTURES = ["image/png", "image/jpeg", "image/heic", "application/pdf"] as const;

/** Keep a picture as the figure of a question; answers its key. Throws Problem where it does not open. */
export async function keepFigure(file: File): Promise<string> {
  const kind = PICTURES.find((each) => each === file.type) ?? "image/png"; // the house reads the bytes, not the name
  const kept = await ask(
    api.POST("/api/v1/question-images", {
      body: file as unknown as string, // the document calls bytes a string
      bodySerializer: (body) => body as unknown as Blob,
      headers: { "Content-Type": kind },
    }),
  );
  return kept.image_key;
}
