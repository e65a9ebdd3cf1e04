import { ref } from "vue";

export interface Toast {
  id: number;
  text: string;
}

const SHOWN_MS = 6_000;
let last = 0;

/** What is being said, newest last. */
export const toasts = ref<Toast[]>([]);

/** Say something short that needs no answer. */
export function toast(text: string): void {
  const id = ++last;
  toasts.value = [...toasts.value, { id, text }];
  setTimeout(() => (toasts.value = toasts.value.filter((shown) => shown.id !== id)), SHOWN_MS);
}
