import { computed, onMounted, onUnmounted, shallowRef, watch } from "vue";
import { api, ask } from "@/base/api";
import { Unreachable } from "@/base/problem";
import { person } from "@/base/session";
import type { Paper } from "@/components/paper";
import { fetchStored } from "./answers/send";
import { limitsOf, phaseAt } from "./clock";
import { forgetExam, keepExam, keptExam, type Exam } from "./device";
import { keepThroughPressure, prepareOffline } from "./offline";
import { Turn } from "./turn";
import { useOutbox } from "./useOutbox";
import { useServerClock } from "./useServerClock";

export type Stage = "opening" | "failed" | "ready" | "elsewhere" | "answering" | "grace" | "upload" | "closed";

const RUNNING = new Set(["in_progress", "uploading"]);

/** One exam on this page: where it stands, its paper, its answers on their way, and whose turn it is. */
export function useSitting(examId: string) {
  const exam = shallowRef<Exam | null>(null);
  const paper = shallowRef<Paper | null>(null);
  const error = shallowRef<unknown>(null);
  const clock = useServerClock();
  const { outbox, chip } = useOutbox(examId, clock.read, woken);
  const turn = new Turn(examId, () => outbox.flush());
  const path = { params: { path: { exam_id: examId } } };

  const limits = computed(() => exam.value && limitsOf(exam.value));
  const stage = computed((): Stage => {
    if (exam.value === null) return error.value === null ? "opening" : "failed";
    if (exam.value.state === "created") return "ready";
    if (limits.value === null || !RUNNING.has(exam.value.state)) return "closed";
    const phase = phaseAt(limits.value, clock.now.value);
    if (phase === "over") return "closed";
    if (phase === "uploading" || exam.value.state === "uploading") return "upload";
    if (paper.value === null) return error.value === null ? "opening" : "failed";
    if (turn.standing.value !== "mine") return turn.standing.value === "asking" ? "opening" : "elsewhere";
    return phase;
  });

  /** Take up what this device keeps: enough to go on without a network. */
  async function recall(): Promise<void> {
    const kept = await keptExam(examId).catch(() => undefined);
    if (kept === undefined || (person.value !== null && person.value.id !== kept.studentId)) return;
    clock.recall(kept.offset);
    paper.value ??= kept.paper;
    exam.value ??= kept.exam;
  }

  /** Ask the server where the exam stands. Without a network, what is on the page stays. */
  async function refresh(): Promise<void> {
    try {
      await take(() => ask(api.GET("/api/v1/exams/{exam_id}", path)));
      error.value = null;
    } catch (problem) {
      if (exam.value === null || !(problem instanceof Unreachable)) error.value = problem;
    }
  }

  /** Do what is asked of the server, and take up the exam as it says it stands. */
  async function take(asked: () => Promise<{ exam: Exam; server_now: string }>): Promise<void> {
    const sentAt = Date.now();
    const status = await asked();
    clock.hear(status.server_now, sentAt);
    if (status.exam.started_at !== null) paper.value ??= (await ask(api.GET("/api/v1/exams/{exam_id}/paper", path))) as unknown as Paper;
    exam.value = status.exam;
    await keep(status.exam);
  }

  async function keep(now: Exam): Promise<void> {
    const offset = clock.offset();
    if (RUNNING.has(now.state)) await keepExam({ id: examId, studentId: now.student_id, exam: now, paper: paper.value, offset }).catch(() => undefined);
    else await forgetExam(examId).catch(() => undefined);
  }

  async function openAnswers(): Promise<void> {
    await outbox.open();
    await fetchAnswers();
    void outbox.flush();
  }

  /** What the server holds may be from another device; without a network, what is here stands. */
  async function fetchAnswers(): Promise<void> {
    await fetchStored(examId).then((stored) => outbox.merge(stored), () => undefined);
  }

  function woken(): void {
    void refresh();
    if (turn.standing.value === "mine" && exam.value?.started_at != null) void fetchAnswers();
  }

  onMounted(async () => {
    void prepareOffline();
    await recall();
    await Promise.all([refresh(), turn.ask()]);
  });
  onUnmounted(() => turn.close());
  watch([turn.standing, () => exam.value?.started_at != null], ([standing, started]) => {
    if (standing === "mine" && started) void openAnswers();
  });
  watch(stage, (now, before) => {
    if (before !== "opening" && (now === "grace" || now === "upload" || now === "closed")) void outbox.wake().then(refresh);
  });

  return {
    exam, paper, error, clock, limits, stage, outbox, chip, turn, refresh,
    async start(): Promise<void> {
      await take(() => ask(api.POST("/api/v1/exams/{exam_id}/start", path)));
      void keepThroughPressure();
    },
    async finish(): Promise<void> {
      await outbox.wake();
      await take(() => ask(api.POST("/api/v1/exams/{exam_id}/finish-answering", path)));
    },
    async handIn(key: Record<"Idempotency-Key", string>): Promise<void> {
      await outbox.wake();
      await ask(api.POST("/api/v1/exams/{exam_id}/hand-in", { ...path, headers: key }));
      await refresh();
    },
  };
}

export type Sitting = ReturnType<typeof useSitting>;
