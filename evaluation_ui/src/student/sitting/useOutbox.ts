import { computed, onMounted, onUnmounted, ref, type ComputedRef } from "vue";
import { t } from "@/base/texts";
import { toast } from "@/components/toast";
import { answersOnDevice } from "./device";
import { chipOf, type Chip } from "./answers/chip";
import { Outbox } from "./answers/outbox";
import { send } from "./answers/send";

/** The outbox of an exam on this page, woken by the network and by being looked at, and the truth about it. */
export function useOutbox(examId: string, now: () => number, woken: () => unknown): { outbox: Outbox; chip: ComputedRef<Chip> } {
  const outbox = new Outbox({
    examId,
    store: answersOnDevice,
    send,
    now,
    later: (ms, call) => void setTimeout(call, ms),
    overtaken: (number) => toast(t("sitting.overtaken", { n: number })),
  });
  const online = ref(navigator.onLine);
  const look = (): void => {
    online.value = navigator.onLine;
    if (document.visibilityState === "hidden") return;
    void outbox.wake();
    woken();
  };

  onMounted(() => {
    for (const event of ["online", "offline"]) addEventListener(event, look);
    document.addEventListener("visibilitychange", look);
  });
  onUnmounted(() => {
    for (const event of ["online", "offline"]) removeEventListener(event, look);
    document.removeEventListener("visibilitychange", look);
  });
  const chip = computed(() => {
    const answers = [...outbox.answers.values()];
    const times = answers.flatMap((answer) => answer.savedAt ?? []).sort();
    return chipOf({
      waiting: answers.filter((answer) => answer.fate === "waiting").length,
      refused: answers.filter((answer) => answer.fate === "refused").length,
      lastSavedAt: times.at(-1) ?? null,
      online: online.value,
      link: outbox.link.value,
      fragile: outbox.fragile.value,
    });
  });
  return { outbox, chip };
}
