import { describe, expect, it } from "vitest";
import { distance, frameOf, GRID, middleOf, movedStrokes, onGrid, toPage, toView, turned, type Rotation } from "@/teacher/marking/geometry";
import { inkOutline, MOST_POINTS, simplified } from "@/teacher/marking/ink";

const ROTATIONS: Rotation[] = [0, 90, 180, 270];

describe("a turned page", () => {
  it.each(ROTATIONS)("turned by %i gives every place back", (rotation) => {
    for (const x of [0, 0.1, 0.5, 1]) {
      for (const y of [0, 0.3, 0.99]) {
        const back = toPage(toView({ x, y }, rotation), rotation);
        expect(back.x).toBeCloseTo(x, 12);
        expect(back.y).toBeCloseTo(y, 12);
      }
    }
  });

  it("shows its top left corner at the top right after a quarter turn clockwise", () => {
    expect(toView({ x: 0, y: 0 }, 90)).toEqual({ x: 1, y: 0 });
    expect(toPage({ x: 1, y: 0 }, 90)).toEqual({ x: 0, y: 0 });
  });

  it("comes back after four turns and swaps its sides after one", () => {
    expect([1, 2, 3, 4].reduce<Rotation>((so) => turned(so), 0)).toBe(0);
    expect(frameOf(300, 500, 90)).toEqual({ width: 500, height: 300 });
  });
});

describe("ink on the grid", () => {
  it("is whole numbers within the page, wherever the pen went", () => {
    expect(onGrid({ x: 0.33333, y: 2 })).toEqual([3333, GRID]);
    expect(onGrid({ x: -1, y: 0.00004 })).toEqual([0, 0]);
  });

  it("moves as a whole and keeps its shape at the edge", () => {
    expect(movedStrokes([[9000, 100, 9500, 300]], { x: 0.2, y: -0.5 })).toEqual([[9500, 0, 10000, 200]]);
  });

  it("hangs at its middle", () => {
    expect(middleOf([[0, 0, 1000, 3000]])).toEqual({ x: 0.05, y: 0.15 });
  });

  it("is found by the eraser between two of its points", () => {
    expect(distance({ x: 0.5, y: 0.51 }, { x: 0, y: 0, points: [[0, 5000, 10000, 5000]] })).toBeCloseTo(0.01, 6);
  });
});

describe("a simplified stroke", () => {
  it("keeps corners and leaves out what a line passes", () => {
    const line = Array.from({ length: 100 }, (_, at) => [at * 10, 0]).flat();
    expect(simplified([...line, 990, 500])).toEqual([0, 0, 990, 0, 990, 500]);
  });

  it("of a tap is one point, and has an outline", () => {
    expect(simplified([500, 500, 500, 500])).toEqual([500, 500]);
    expect(inkOutline([500, 500], 1000, 1414)).toMatch(/^M.*Z$/);
  });

  it("never has more points than the house takes", () => {
    const wild = Array.from({ length: 6000 }, (_, at) => [at, at % 2 ? 0 : 9000]).flat();
    expect(simplified(wild).length).toBeLessThanOrEqual(2 * MOST_POINTS);
  });
});
