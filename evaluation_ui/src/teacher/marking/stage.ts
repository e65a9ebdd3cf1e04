import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from "vue";
import { distance, onPage, toPage, toView, type Place } from "./geometry";
import { LiveInk } from "./liveInk";
import type { Item } from "./oplog";
import { Pointers, type Surface, type Tool } from "./pointers";
import type { View } from "./view";

/** What the page tells of what was done to it. */
export interface Deeds {
  put(kind: Tool, place: Place): void;
  ink(stroke: number[]): void;
  move(key: string, place: Place): void;
  erase(key: string): void;
}

export interface Elements {
  scroller: Readonly<ShallowRef<HTMLElement | null>>;
  frame: Readonly<ShallowRef<HTMLElement | null>>;
  livePath: Readonly<ShallowRef<SVGPathElement | null>>;
}

export interface Stage {
  /** Where stamps go: the crosshair where there is one, else the pointer. */
  place(): Place | null;
  cross: Ref<Place | null>;
  dragged: Ref<{ key: string; x: number; y: number } | null>;
  moveCross(dx: number, dy: number): void;
  hideCross(): void;
  nearest(place: Place): Item | null;
}

/** How near the eraser must come, in parts of the page's width. */
const REACH = 0.025;
const MIDDLE = { x: 0.5, y: 0.3 };

/** The page under the teacher's hands. */
export function useStage(elements: Elements, view: View, size: { width: number; height: number }, tool: () => Tool, items: () => readonly Item[], deeds: Deeds): Stage {
  const pointer = shallowRef<Place | null>(null);
  const cross = shallowRef<Place | null>(null);
  const dragged = shallowRef<{ key: string; x: number; y: number } | null>(null);
  const live = new LiveInk(() => elements.livePath.value, () => size);
  const nearest = (place: Place): Item | null => nearestOf(items(), place);
  const surface: Surface = {
    tool,
    rotation: () => view.rotation.value,
    frame: () => elements.frame.value!.getBoundingClientRect(),
    pan: (dx, dy) => elements.scroller.value?.scrollBy(-dx, -dy),
    zoom: (factor) => view.zoomBy(factor),
    drawStart: (place) => live.start(place),
    draw: (places) => live.add(places),
    drawEnd: (kept) => (kept ? deeds.ink(live.end()) : live.clear()),
    press: (place) => deeds.put(tool(), place),
    erase: (place) => {
      const found = nearest(place);
      if (found) deeds.erase(found.key);
    },
    hover: (place) => {
      pointer.value = place;
      if (place) cross.value = null;
    },
    grab: (key) => {
      dragged.value = { key, x: 0, y: 0 };
      return true;
    },
    drag: (from, to) => void (dragged.value = { ...dragged.value!, x: to.x - from.x, y: to.y - from.y }),
    drop: (moved) => {
      const by = dragged.value;
      dragged.value = null;
      const item = by && items().find((one) => one.key === by.key);
      if (moved && item) deeds.move(item.key, { x: item.x + by.x, y: item.y + by.y });
    },
  };
  handle(elements, surface, view);
  return {
    place: () => cross.value ?? pointer.value,
    cross,
    dragged,
    nearest,
    moveCross: (dx, dy) => void (cross.value = moved(cross.value ?? pointer.value, dx, dy, view)),
    hideCross: () => void (cross.value = null),
  };
}

function handle(elements: Elements, surface: Surface, view: View): void {
  let pointers: Pointers | undefined;
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    view.zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  };
  onMounted(() => {
    pointers = new Pointers(elements.frame.value!, surface);
    elements.scroller.value!.addEventListener("wheel", wheel, { passive: false });
  });
  onBeforeUnmount(() => {
    pointers?.close();
    elements.scroller.value?.removeEventListener("wheel", wheel);
  });
}

function nearestOf(items: readonly Item[], place: Place): Item | null {
  let found: Item | null = null;
  let least = REACH;
  for (const item of items) {
    const away = distance(place, item);
    if (away <= least) [found, least] = [item, away];
  }
  return found;
}

/** The crosshair goes where the arrow points as the page is seen, whichever way it is turned. */
function moved(from: Place | null, dx: number, dy: number, view: View): Place {
  const seen = toView(from ?? MIDDLE, view.rotation.value);
  return onPage(toPage({ x: seen.x + dx, y: seen.y + dy }, view.rotation.value));
}
