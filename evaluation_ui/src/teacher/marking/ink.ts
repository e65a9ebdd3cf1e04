import { getStroke } from "perfect-freehand";
import { fromSegment, GRID } from "./geometry";

/** The house takes this many points of one stroke. */
export const MOST_POINTS = 1000;

const TOLERANCE = 8;
/** Thinning looks at every point of a stretch for each that it keeps: short stretches bound the work of a scribble. */
const STRETCH = 128;
const PEN = { size: 4.2, thinning: 0.35, smoothing: 0.5, streamline: 0.35, simulatePressure: true };

/** A stroke (x, y, x, y, … on the grid) with the points that a line would pass anyway left out. A tap stays a dot. */
export function simplified(stroke: readonly number[]): number[] {
  const points = withoutRepeats(stroke);
  const kept = points.slice(0, 2);
  for (let at = 0; at + 2 < points.length; at += 2 * STRETCH) {
    kept.push(...thinned(points.slice(at, at + 2 * STRETCH + 2), TOLERANCE).slice(2));
  }
  const every = Math.ceil(kept.length / 2 / MOST_POINTS);
  return every <= 1 ? kept : kept.filter((_, at) => (at >> 1) % every === 0);
}

function withoutRepeats(stroke: readonly number[]): number[] {
  const kept: number[] = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) {
    const [x, y] = [stroke[at]!, stroke[at + 1]!];
    if (x !== kept.at(-2) || y !== kept.at(-1)) kept.push(x, y);
  }
  return kept;
}

/** Ramer, Douglas and Peucker, with a stack of its own: a long scribble must not exhaust the call stack. */
function thinned(stroke: readonly number[], tolerance: number): number[] {
  const count = stroke.length / 2;
  if (count < 3) return [...stroke];
  const keep = new Uint8Array(count);
  keep[0] = keep[count - 1] = 1;
  const open: [number, number][] = [[0, count - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span;
    const far = furthest(stroke, first, last);
    if (far.distance <= tolerance) continue;
    keep[far.at] = 1;
    open.push([first, far.at], [far.at, last]);
  }
  return stroke.filter((_, at) => keep[at >> 1] === 1);
}

function furthest(stroke: readonly number[], first: number, last: number): { at: number; distance: number } {
  const found = { at: first, distance: -1 };
  for (let at = first + 1; at < last; at += 1) {
    const away = fromSegment(
      stroke[2 * at]!, stroke[2 * at + 1]!, stroke[2 * first]!, stroke[2 * first + 1]!, stroke[2 * last]!, stroke[2 * last + 1]!,
    );
    if (away > found.distance) Object.assign(found, { at, distance: away });
  }
  return found;
}

/** The outline of a stroke of ink as an SVG path on a page of this size. */
export function inkOutline(stroke: readonly number[], width: number, height: number): string {
  const points: [number, number][] = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) {
    points.push([(stroke[at]! / GRID) * width, (stroke[at + 1]! / GRID) * height]);
  }
  return outline(getStroke(points, PEN) as [number, number][]);
}

function outline(points: readonly [number, number][]): string {
  const [first] = points;
  if (!first) return "";
  const path = [`M${short(first[0])} ${short(first[1])}Q`];
  points.forEach(([x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length]!;
    path.push(`${short(x)} ${short(y)} ${short((x + nextX) / 2)} ${short((y + nextY) / 2)}`);
  });
  return `${path.join(" ")}Z`;
}

const short = (value: number): string => value.toFixed(1);
