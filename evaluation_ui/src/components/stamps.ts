import type { components } from "@/api/schema";

export type Annotation = components["schemas"]["Annotation"];

/** The grid that ink is kept on: both sides of the upright page are this long. */
export const GRID = 10_000;

/** The drawing of each stamp, around its own middle, in thousandths of the page's width. */
export const STAMP_PATHS: Record<string, string> = {
  tick: "M-16 0 L-5 12 L18 -16",
  cross: "M-13 -13 L13 13 M13 -13 L-13 13",
  circle: "M-18 0 A18 18 0 1 0 18 0 A18 18 0 1 0 -18 0",
  star: "M0 -18 L4.5 -6 L17 -5.5 L7 2.5 L10.5 15 L0 8 L-10.5 15 L-7 2.5 L-17 -5.5 L-4.5 -6 Z",
};

/** A stroke of ink (x, y, x, y, … on the grid) as the points of a polyline on a page of this size. */
export function inkPath(stroke: readonly number[], width: number, height: number): string {
  const points: string[] = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) {
    points.push(`${((stroke[at] ?? 0) / GRID) * width} ${((stroke[at + 1] ?? 0) / GRID) * height}`);
  }
  return points.length === 1 ? `M${points[0]} l0.01 0` : `M${points.join(" L")}`;
}
