import type { Item } from "./queue/item";

/** The address of a page's picture on this phone; empty where the browser cannot show it. */
export function forOneself(item: Item): string {
  const shown = item.mediaType === "image/jpeg" || item.mediaType === "image/png";
  return shown && item.bytes.size > 0 ? URL.createObjectURL(item.bytes) : "";
}
