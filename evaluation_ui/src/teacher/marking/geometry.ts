/**
 * Where things are on a page. Everything that is kept is on the upright, unrotated page; turning the page only
 * changes how it is looked at, so no turn can move or lose ink.
 */
export type Rotation = 0 | 90 | 180 | 270;

/** A place in 0..1 of a page's width and height. */
export interface Place {
  x: number;
  y: number;
}

/** Both sides of the upright page are this long for ink. */
export const GRID = 10_000;

const ROUND = 1e6;

/** The next quarter turn, clockwise. */
export function turned(rotation: Rotation): Rotation {
  return ((rotation + 90) % 360) as Rotation;
}

/** Where a place of the turned view is on the upright page. */
export function toPage(view: Place, rotation: Rotation): Place {
  switch (rotation) {
    case 90:
      return { x: view.y, y: 1 - view.x };
    case 180:
      return { x: 1 - view.x, y: 1 - view.y };
    case 270:
      return { x: 1 - view.y, y: view.x };
    default:
      return { ...view };
  }
}

/** Where a place of the upright page is seen in the turned view. */
export function toView(page: Place, rotation: Rotation): Place {
  return toPage(page, ((360 - rotation) % 360) as Rotation);
}

/** The size of the frame that a turned page needs. */
export function frameOf(width: number, height: number, rotation: Rotation): { width: number; height: number } {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A place kept within the page, without digits that no pen draws. */
export function onPage(place: Place): Place {
  return { x: within(place.x), y: within(place.y) };
}

/** A place on the grid of the page. */
export function onGrid(place: Place): [number, number] {
  const kept = onPage(place);
  return [Math.round(kept.x * GRID), Math.round(kept.y * GRID)];
}

function within(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * ROUND) / ROUND;
}

/** The middle of strokes, in 0..1: where ink hangs on its page. */
export function middleOf(strokes: readonly (readonly number[])[]): Place {
  const xs = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 0));
  const ys = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 1));
  return onPage({ x: (least(xs) + most(xs)) / 2 / GRID, y: (least(ys) + most(ys)) / 2 / GRID });
}

/** Strokes moved by a part of the page; the whole stops at the edge, so that its shape stays. */
export function movedStrokes(strokes: readonly (readonly number[])[], by: Place): number[][] {
  const all = strokes.flat();
  const dx = bounded(Math.round(by.x * GRID), all.filter((_, at) => at % 2 === 0));
  const dy = bounded(Math.round(by.y * GRID), all.filter((_, at) => at % 2 === 1));
  return strokes.map((stroke) => stroke.map((value, at) => value + (at % 2 === 0 ? dx : dy)));
}

function bounded(by: number, values: number[]): number {
  return Math.min(GRID - most(values), Math.max(-least(values), by));
}

const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** The distance of a place from what hangs at a place or is drawn, in 0..1 of the width. */
export function distance(place: Place, mark: { x: number; y: number; points: readonly (readonly number[])[] }): number {
  if (mark.points.length === 0) return Math.hypot(place.x - mark.x, place.y - mark.y);
  const [x, y] = [place.x * GRID, place.y * GRID];
  let nearest = Infinity;
  for (const stroke of mark.points) {
    for (let at = 0; at + 1 < stroke.length; at += 2) {
      const next = at + 3 < stroke.length ? at + 2 : at;
      nearest = Math.min(nearest, fromSegment(x, y, stroke[at]!, stroke[at + 1]!, stroke[next]!, stroke[next + 1]!));
    }
  }
  return nearest / GRID;
}

/** The distance of a point from a segment. */
export function fromSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
