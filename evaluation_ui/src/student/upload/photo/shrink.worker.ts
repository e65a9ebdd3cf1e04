/** Makes a photograph small and upright and looks at it, away from the thread that the screen runs on. */
import {
  fitted,
  hexOf,
  isPicture,
  JPEG_QUALITY,
  judged,
  kindOf,
  luminance,
  MEASURED_SIDE,
  mediaTypeOf,
  type Quality,
  type Size,
} from "./decide";

export interface Shrunk extends Quality {
  readonly bytes: Blob;
  readonly mediaType: string;
  readonly sha256: string;
}

const UNJUDGED: Quality = { blurred: false, dark: false };

self.addEventListener("message", (event: MessageEvent<{ id: number; file: Blob }>) => {
  void prepare(event.data.file).then((shrunk) => self.postMessage({ id: event.data.id, shrunk }));
});

async function prepare(file: Blob): Promise<Shrunk> {
  const kind = kindOf(new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  // What the browser cannot open goes up as it is: the server can open HEIC and PDF, and says so if it cannot.
  const raw = (): Promise<Shrunk> => hashed(file, mediaTypeOf(kind, file), UNJUDGED);
  if (!isPicture(kind) || typeof OffscreenCanvas === "undefined") return raw();
  return shrunk(file).catch(raw);
}

async function shrunk(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    return await hashed(await redrawn(picture), "image/jpeg", looked(picture));
  } finally {
    picture.close();
  }
}

async function redrawn(picture: ImageBitmap): Promise<Blob> {
  const { canvas } = drawn(picture, fitted(picture));
  return canvas.convertToBlob({ type: "image/jpeg", quality: JPEG_QUALITY });
}

function looked(picture: ImageBitmap): Quality {
  const size = fitted(picture, MEASURED_SIDE);
  const { context } = drawn(picture, size);
  return judged(luminance(context.getImageData(0, 0, size.width, size.height).data), size);
}

function drawn(picture: ImageBitmap, size: Size): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser has no canvas left");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // JPEG knows no transparency: a scanned PNG would come out black
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(picture, 0, 0, size.width, size.height);
  return { canvas, context };
}

async function hashed(bytes: Blob, mediaType: string, quality: Quality): Promise<Shrunk> {
  const sha256 = hexOf(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer()));
  return { bytes, mediaType, sha256, ...quality };
}
