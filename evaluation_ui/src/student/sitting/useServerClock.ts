import { onMounted, onUnmounted, readonly, ref, type DeepReadonly, type Ref } from "vue";
import { believed, offsetFrom, type Offset } from "./clock";

const TICK_MS = 500;

export interface ServerClock {
  /** The server's time, going on by itself. */
  now: DeepReadonly<Ref<number>>;
  read(): number;
  /** Learn from an answer that was asked for at `sentAt`, by this device's clock. */
  hear(serverNow: string, sentAt: number): void;
  /** Take up what this device had learnt before the page was loaded. */
  recall(kept: Offset | null): void;
  offset(): Offset | null;
}

/** The server's clock on this page: the only one that a sitting goes by. */
export function useServerClock(): ServerClock {
  let offset: Offset | null = null;
  const read = (): number => Date.now() + (offset?.ms ?? 0);
  const now = ref(read());
  const tick = (): void => void (now.value = read());
  let ticking = 0;

  onMounted(() => (ticking = window.setInterval(tick, TICK_MS)));
  onUnmounted(() => clearInterval(ticking));
  return {
    now: readonly(now),
    read,
    hear(serverNow, sentAt) {
      offset = believed(offset, offsetFrom(Date.parse(serverNow), sentAt, Date.now()));
      tick();
    },
    recall(kept) {
      offset ??= kept;
      tick();
    },
    offset: () => offset,
  };
}
