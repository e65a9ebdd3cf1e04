import { onPage, toPage, type Place, type Rotation } from "./geometry";

export type Tool = "hand" | "tick" | "cross" | "half" | "circle" | "star" | "pen" | "comment" | "eraser";

/** The page, as fingers and pens act on it. */
export interface Surface {
  tool(): Tool;
  rotation(): Rotation;
  /** What is seen of the page: its frame, turned and zoomed. */
  frame(): DOMRect;
  pan(dx: number, dy: number): void;
  zoom(factor: number, clientX: number, clientY: number): void;
  drawStart(place: Place): void;
  draw(places: Place[]): void;
  drawEnd(kept: boolean): void;
  press(place: Place): void;
  erase(place: Place): void;
  hover(place: Place | null): void;
  grab(key: string): boolean;
  drag(from: Place, to: Place): void;
  drop(moved: boolean): void;
}

type Doing = "draw" | "pan" | "erase" | "drag" | "press" | null;

const SLACK = 5;

/** Whether a pointer draws: a pen always, a mouse with the pen in hand, a finger never. */
export function draws(pointerType: string, tool: Tool): boolean {
  if (pointerType === "touch") return false;
  return tool === "pen" || (pointerType === "pen" && tool === "hand");
}

/** Pen draws, one finger pans, two zoom; a hand that rests on the glass while the pen is down does nothing. */
export class Pointers {
  private readonly touches = new Map<number, { x: number; y: number }>();
  private active: number | null = null;
  private doing: Doing = null;
  private penIsDown = false;
  private start = { x: 0, y: 0, place: { x: 0, y: 0 } };
  private last = { x: 0, y: 0 };
  private moved = false;
  private spread = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly surface: Surface,
  ) {
    element.addEventListener("pointerdown", this.down);
    element.addEventListener("pointermove", this.move);
    element.addEventListener("pointerup", this.up);
    element.addEventListener("pointercancel", this.cancel);
    element.addEventListener("pointerleave", this.leave);
  }

  close(): void {
    this.element.removeEventListener("pointerdown", this.down);
    this.element.removeEventListener("pointermove", this.move);
    this.element.removeEventListener("pointerup", this.up);
    this.element.removeEventListener("pointercancel", this.cancel);
    this.element.removeEventListener("pointerleave", this.leave);
  }

  private place(event: { clientX: number; clientY: number }): Place {
    const frame = this.surface.frame();
    const seen = { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
    return onPage(toPage(seen, this.surface.rotation()));
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.pointerType === "touch") {
      if (this.penIsDown) return;
      this.touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (this.touches.size === 2) return this.pinch();
    }
    if (this.active !== null || event.button > 1) return;
    this.begin(event);
  };

  private begin(event: PointerEvent): void {
    if (event.pointerType === "pen") {
      this.penIsDown = true;
      this.touches.clear();
    }
    this.active = event.pointerId;
    this.moved = false;
    this.start = { x: event.clientX, y: event.clientY, place: this.place(event) };
    this.last = { x: event.clientX, y: event.clientY };
    this.doing = this.whatFor(event);
    this.element.setPointerCapture?.(event.pointerId);
    if (this.doing === "draw") this.surface.drawStart(this.start.place);
    if (this.doing === "erase") this.surface.erase(this.start.place);
  }

  private whatFor(event: PointerEvent): Doing {
    const tool = this.surface.tool();
    if (event.button === 1) return "pan";
    if (draws(event.pointerType, tool)) return "draw";
    if (tool === "eraser") return event.pointerType === "touch" ? "pan" : "erase";
    if (tool !== "hand") return event.pointerType === "touch" ? "pan" : "press";
    const mark = (event.target as Element).closest?.("[data-mark]");
    if (mark instanceof SVGElement && this.surface.grab(mark.dataset.mark!)) return "drag";
    return "pan";
  }

  private pinch(): void {
    if (this.doing === "draw") this.surface.drawEnd(false);
    if (this.doing === "drag") this.surface.drop(false);
    this.doing = null;
    this.moved = true;
    this.spread = this.distance();
  }

  private readonly move = (event: PointerEvent): void => {
    if (event.pointerType === "touch") {
      if (this.penIsDown || !this.touches.has(event.pointerId)) return;
      this.touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (this.touches.size === 2) return this.stretch();
    }
    if (event.pointerId !== this.active) {
      if (event.pointerType !== "touch") this.surface.hover(this.place(event));
      return;
    }
    this.carryOn(event);
  };

  private carryOn(event: PointerEvent): void {
    this.moved ||= Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > SLACK;
    if (this.doing === "draw") {
      const all = event.getCoalescedEvents?.() ?? [];
      this.surface.draw((all.length > 0 ? all : [event]).map((one) => this.place(one)));
    } else if (this.doing === "pan" && this.moved) {
      this.surface.pan(event.clientX - this.last.x, event.clientY - this.last.y);
    } else if (this.doing === "erase") this.surface.erase(this.place(event));
    else if (this.doing === "drag" && this.moved) this.surface.drag(this.start.place, this.place(event));
    this.last = { x: event.clientX, y: event.clientY };
    if (event.pointerType !== "touch") this.surface.hover(this.place(event));
  }

  private stretch(): void {
    const now = this.distance();
    const [one, other] = [...this.touches.values()] as [{ x: number; y: number }, { x: number; y: number }];
    if (this.spread > 0 && now > 0) this.surface.zoom(now / this.spread, (one.x + other.x) / 2, (one.y + other.y) / 2);
    this.spread = now;
  }

  private distance(): number {
    const [one, other] = [...this.touches.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  private readonly up = (event: PointerEvent): void => this.end(event, true);
  private readonly cancel = (event: PointerEvent): void => this.end(event, false);
  private readonly leave = (event: PointerEvent): void => {
    if (event.pointerId !== this.active && event.pointerType !== "touch") this.surface.hover(null);
  };

  private end(event: PointerEvent, kept: boolean): void {
    if (event.pointerType === "pen") this.penIsDown = false;
    const wasTouching = this.touches.delete(event.pointerId);
    if (event.pointerId !== this.active) return;
    this.active = null;
    if (this.doing === "draw") this.surface.drawEnd(kept);
    if (this.doing === "drag") this.surface.drop(kept && this.moved);
    const isTap = kept && !this.moved && (this.doing === "press" || (wasTouching && this.doing === "pan"));
    if (isTap) this.tap(this.start.place);
    this.doing = null;
  }

  private tap(place: Place): void {
    if (this.surface.tool() === "eraser") this.surface.erase(place);
    else if (!["hand", "pen"].includes(this.surface.tool())) this.surface.press(place);
  }
}
