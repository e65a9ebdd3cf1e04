import { onUnmounted } from "vue";

/** Dragging a page by its grip, with finger, pen or mouse; `moved` is told where it was let go. */
export function useDrag(moved: (from: number, to: number) => void): { grab: (at: number, event: PointerEvent) => void } {
  let from: number | null = null;
  let over: HTMLElement | null = null;

  const show = (page: HTMLElement | null): void => {
    if (over) delete over.dataset.over;
    over = page;
    if (over) over.dataset.over = "true";
  };
  const follow = (event: PointerEvent): void => {
    scrollBy(0, beyondEdge(event.clientY, innerHeight));
    const under = document.elementFromPoint(event.clientX, event.clientY);
    show(under?.closest<HTMLElement>("[data-page]") ?? null);
  };
  const letGo = (event: PointerEvent): void => {
    follow(event);
    const to = over ? Number(over.dataset.page) : null;
    if (event.type === "pointerup" && from !== null && to !== null && to !== from) moved(from, to);
    stop();
  };
  const stop = (): void => {
    from = null;
    show(null);
    removeEventListener("pointermove", follow);
    removeEventListener("pointerup", letGo);
    removeEventListener("pointercancel", letGo);
  };
  const grab = (at: number, event: PointerEvent): void => {
    event.preventDefault();
    from = at;
    addEventListener("pointermove", follow);
    addEventListener("pointerup", letGo);
    addEventListener("pointercancel", letGo);
  };
  onUnmounted(stop);
  return { grab };
}

const EDGE = 72;
const STEP = 24;

/** How far to scroll while a page is held near the upper or lower edge of the window. */
export function beyondEdge(y: number, height: number): number {
  if (y < EDGE) return -STEP;
  return y > height - EDGE ? STEP : 0;
}
