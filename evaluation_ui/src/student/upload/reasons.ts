/** Words for why a page could not be taken, by the slug of the refusal. */
const NAMED = new Set([
  "consent-missing",
  "already-handed-in",
  "upload-window-over",
  "too-many-sheets",
  "file-too-large",
  "file-empty",
  "file-type-refused",
  "file-truncated",
  "file-too-many-pixels",
  "file-too-many-pages",
  "file-encrypted",
  "file-corrupt",
  "page-request-closed",
  "one-page-asked",
]);

export function reasonOf(slug: string): string {
  return NAMED.has(slug) ? `upload.refused.${slug}` : "upload.refused.other";
}
