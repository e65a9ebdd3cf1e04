import type { Place } from "./geometry";

const MOMENT_MS = 400;
const NEAR = 0.02;

/** Tells the second click of a double click from a second stamp: the same thing, at once, at the same place. */
export class Once {
  private last: { kind: string; place: Place; at: number } | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  isNew(kind: string, place: Place): boolean {
    const { last } = this;
    const at = this.now();
    const isAgain =
      last !== null && last.kind === kind && at - last.at < MOMENT_MS &&
      Math.hypot(place.x - last.place.x, place.y - last.place.y) < NEAR;
    this.last = { kind, place, at };
    return !isAgain;
  }
}
