import { computed, ref, type ComputedRef, type Ref } from "vue";
import { frameOf, turned, type Rotation } from "./geometry";

/** How a page is looked at. It belongs to one page and changes nothing of it. */
export interface View {
  zoom: Ref<number>;
  rotation: Ref<Rotation>;
  page: ComputedRef<{ width: number; height: number }>;
  frame: ComputedRef<{ width: number; height: number }>;
  zoomBy(factor: number): void;
  fit(room: number): void;
  turn(): void;
}

const SMALLEST = 0.1;
const LARGEST = 3;

/** Above this the half-size image is too coarse. */
export const FULL_FROM = 0.6;

/** One key press of zoom. */
export const ZOOM_STEP = 1.2;

/** The view of a page of this size in pixels of its full image; zoom 1 shows each of them. */
export function viewOf(width: number, height: number): View {
  const zoom = ref(0.5);
  const rotation = ref<Rotation>(0);
  const page = computed(() => ({ width: Math.round(width * zoom.value), height: Math.round(height * zoom.value) }));
  return {
    zoom,
    rotation,
    page,
    frame: computed(() => frameOf(page.value.width, page.value.height, rotation.value)),
    zoomBy: (factor) => void (zoom.value = within(zoom.value * factor)),
    fit: (room) => void (zoom.value = within(room / frameOf(width, height, rotation.value).width)),
    turn: () => void (rotation.value = turned(rotation.value)),
  };
}

const within = (zoom: number): number => Math.min(LARGEST, Math.max(SMALLEST, zoom));
