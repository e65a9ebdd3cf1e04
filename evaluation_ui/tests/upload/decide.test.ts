import { describe, expect, it } from "vitest";
import { brightness, fitted, judged, kindOf, luminance, mediaTypeOf, sharpness, stretched } from "@/student/upload/photo/decide";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const SIZE = { width: 160, height: 160 };

/** Paper with upright strokes of ink, as a function of the place across the page. */
function written(stroke: (x: number) => number, ink = 30, paper = 200): Uint8ClampedArray {
  const pixels = { length: SIZE.width * SIZE.height };
  return Uint8ClampedArray.from(pixels, (_, at) => paper - (paper - ink) * stroke(at % SIZE.width));
}

const crisp = (x: number): number => (x % 16 < 3 ? 1 : 0);
const washedOut = (x: number): number => (1 + Math.cos((x * 2 * Math.PI) / 16)) / 2;

describe("what a file is", () => {
  it.each([
    ["\xff\xd8\xff\xe0", "image/jpeg"],
    ["\x89PNG\r\n\x1a\n", "image/png"],
    ["%PDF-1.7", "application/pdf"],
    ["\0\0\0\x18ftypheic", "image/heic"],
    ["GIF89a", "unknown"],
    ["", "unknown"],
  ])("reads %j as %s", (head, kind) => expect(kindOf(bytes(head))).toBe(kind));

  it("says of an unknown file what the browser says, or nothing", () => {
    expect(mediaTypeOf("unknown", { type: "image/webp" })).toBe("image/webp");
    expect(mediaTypeOf("unknown", { type: "" })).toBe("application/octet-stream");
    expect(mediaTypeOf("image/heic", { type: "image/jpeg" })).toBe("image/heic");
  });
});

describe("how large a picture becomes", () => {
  it.each([
    [{ width: 4000, height: 3000 }, { width: 2200, height: 1650 }],
    [{ width: 3000, height: 4000 }, { width: 1650, height: 2200 }],
    [{ width: 1200, height: 1600 }, { width: 1200, height: 1600 }],
    [{ width: 44000, height: 1 }, { width: 2200, height: 1 }],
  ])("fits %o into %o", (from, to) => expect(fitted(from)).toEqual(to));
});

describe("what is said of a photograph", () => {
  it("calls crisp strokes sharp and washed out ones blurred", () => {
    expect(judged(written(crisp), SIZE)).toEqual({ blurred: false, dark: false });
    expect(judged(written(washedOut), SIZE)).toEqual({ blurred: true, dark: false });
  });

  it("does not take a dim room for blur, but says that it is dark", () => {
    expect(judged(written(crisp, 5, 45), SIZE)).toEqual({ blurred: false, dark: true });
  });

  it("calls an empty page blurred: nothing on it can be read", () => {
    const empty = new Uint8ClampedArray(SIZE.width * SIZE.height).fill(180);
    expect(sharpness(stretched(empty), SIZE)).toBe(0);
  });

  it("weighs the colours as an eye does", () => {
    expect([...luminance(new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 255, 255, 255, 255]))]).toEqual([76, 150, 255]);
    expect(brightness(new Uint8ClampedArray([0, 100]))).toBe(50);
  });
});
