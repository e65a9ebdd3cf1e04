/** What is done with a file before it is sent, and what is said of the photograph. Pure. */

export type Kind = "image/jpeg" | "image/png" | "image/heic" | "application/pdf" | "unknown";

export const LONGEST_SIDE = 2_200;
export const JPEG_QUALITY = 0.8;
export const MEASURED_SIDE = 800;

/** Measured as the server measures, with its limits: two that disagree would be no advice. */
const BLURRED_BELOW = 550;
const DARK_BELOW = 50;
const GRID = 8;
const RANK = 2;
const CLIPPED = 0.001;

const HEIC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);

/** The type by the bytes: names and what the browser says of them lie. */
export function kindOf(head: Uint8Array): Kind {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("%PDF")) return "application/pdf";
  if (text.slice(4, 8) === "ftyp" && HEIC_BRANDS.has(text.slice(8, 12))) return "image/heic";
  return "unknown";
}

/** Whether the browser is asked to open the file at all; a PDF is taken apart by the server. */
export function isPicture(kind: Kind): boolean {
  return kind !== "application/pdf";
}

/** What a file that is sent as it is says of itself. */
export function mediaTypeOf(kind: Kind, file: { readonly type: string }): string {
  return kind === "unknown" ? file.type || "application/octet-stream" : kind;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function fitted(size: Size, longest = LONGEST_SIDE): Size {
  const share = Math.min(1, longest / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * share)),
    height: Math.max(1, Math.round(size.height * share)),
  };
}

/** Luminance of each pixel of RGBA data, by the weights of Rec. 601. */
export function luminance(rgba: Uint8ClampedArray): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(rgba.length / 4);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = pixel * 4;
    grey[pixel] = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
  }
  return grey;
}

export function brightness(grey: Uint8ClampedArray): number {
  let sum = 0;
  for (const value of grey) sum += value;
  return sum / Math.max(1, grey.length);
}

/** Contrast pulled apart until a thousandth of the pixels clips at each end: a shadow is not blur, nor is dust. */
export function stretched(grey: Uint8ClampedArray): Uint8ClampedArray {
  const counts = new Array<number>(256).fill(0);
  for (const value of grey) counts[value]!++;
  const low = reached(counts, grey.length * CLIPPED);
  const high = 255 - reached([...counts].reverse(), grey.length * CLIPPED);
  const range = Math.max(1, high - low);
  return grey.map((value) => ((value - low) * 255) / range);
}

function reached(counts: readonly number[], enough: number): number {
  let sum = 0;
  return Math.max(0, counts.findIndex((count) => (sum += count) > enough));
}

/** Variance of the Laplacian in the third sharpest tile: one line of writing fills three, a speck does not. */
export function sharpness(grey: Uint8ClampedArray, { width, height }: Size): number {
  const found: number[] = [];
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      found.push(tileVariance(grey, width, tile(column, width), tile(row, height)));
    }
  }
  return found.sort((a, b) => b - a)[RANK] ?? 0;
}

type Range = readonly [from: number, to: number];

/** The stretch of a tile, short of the border, where the Laplacian has no neighbours. */
function tile(index: number, length: number): Range {
  const edge = (at: number): number => Math.floor((at * length) / GRID);
  return [Math.max(1, edge(index)), Math.min(length - 1, edge(index + 1))];
}

function tileVariance(grey: Uint8ClampedArray, width: number, across: Range, down: Range): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = down[0]; y < down[1]; y++) {
    for (let x = across[0]; x < across[1]; x++) {
      const value = laplacian(grey, y * width + x, width);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count ? squares / count - (sum / count) ** 2 : 0;
}

/** Kept within a byte around 128, as the server's is. */
function laplacian(grey: Uint8ClampedArray, at: number, width: number): number {
  const value = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]! - 4 * grey[at]!;
  return Math.max(-128, Math.min(127, value));
}

export interface Quality {
  readonly blurred: boolean;
  readonly dark: boolean;
}

export function judged(grey: Uint8ClampedArray, size: Size): Quality {
  return { blurred: sharpness(stretched(grey), size) < BLURRED_BELOW, dark: brightness(grey) < DARK_BELOW };
}

export function hexOf(digest: ArrayBuffer): string {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
