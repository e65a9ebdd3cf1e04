import { inkOutline, simplified } from "./ink";
import { onGrid, type Place } from "./geometry";

/** The stroke under the pen: drawn into a path of its own, once a frame, past the framework. */
export class LiveInk {
  private points: number[] = [];
  private frame = 0;

  constructor(
    private readonly path: () => SVGPathElement | null,
    private readonly size: () => { width: number; height: number },
  ) {}

  start(place: Place): void {
    this.points = [...onGrid(place)];
    this.paintSoon();
  }

  add(places: readonly Place[]): void {
    for (const place of places) this.points.push(...onGrid(place));
    this.paintSoon();
  }

  /** The finished stroke; the live path is empty again. */
  end(): number[] {
    const stroke = simplified(this.points);
    this.clear();
    return stroke;
  }

  clear(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.points = [];
    this.path()?.setAttribute("d", "");
  }

  private paintSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const { width, height } = this.size();
      this.path()?.setAttribute("d", inkOutline(this.points, width, height));
    });
  }
}
