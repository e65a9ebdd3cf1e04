import { computed, ref, watch, type ComputedRef, type Ref } from "vue";
import { t } from "@/base/texts";
import { marks as marksInWords } from "@/base/format";
import type { Desk } from "./desk";
import { withStep } from "./draft";
import { decimalOf, halvesOf } from "./halves";
import { grainOf, rowsIn, type QuestionScheme, type StepRow } from "./scheme";

/** Giving marks by keys alone: which question and step is at hand, and what has been typed for it. */
export interface Entry {
  number: Ref<number>;
  scheme: ComputedRef<QuestionScheme>;
  step: Ref<string>;
  typed: Ref<string>;
  problem: Ref<string>;
  type(sign: string): void;
  give(row: StepRow, written: string): boolean;
  enter(): "stay" | "step" | "question";
  turn(by: number): void;
  go(number: number): void;
  nextUnmarked(): boolean;
  clear(): void;
}

/** The words for a mark that cannot be given; empty when it can. */
export function refusal(row: StepRow, scheme: QuestionScheme, written: string): string {
  const given = halvesOf(written);
  if (given === null) return t("marking.step.not-a-mark");
  if (given > row.possible) return t("marking.step.too-much", { most: marksInWords(decimalOf(row.possible)) });
  return given % grainOf(scheme) === 0 ? "" : t("marking.step.whole-only");
}

export function useEntry(desk: Desk, first: number): Entry {
  const number = ref(first);
  const scheme = computed(() => desk.schemes.find((one) => one.number === number.value)!);
  const rows = computed(() => rowsIn(scheme.value));
  const step = ref(rows.value[0]?.id ?? "");
  const typed = ref("");
  const problem = ref("");
  const clear = (): void => void ((typed.value = ""), (problem.value = ""));
  watch(number, () => (step.value = rows.value[0]?.id ?? ""), { flush: "sync" });
  watch([number, step], clear, { flush: "sync" });

  function give(row: StepRow, written: string): boolean {
    const isEmpty = written.trim() === "";
    problem.value = isEmpty ? "" : refusal(row, scheme.value, written);
    if (problem.value) return false;
    desk.log.mark(number.value, withStep(desk.draft(number.value), row.id, isEmpty ? null : halvesOf(written)));
    return true;
  }
  function go(to: number): void {
    if (desk.schemes.some((one) => one.number === to)) number.value = to;
  }
  /** What was typed is given before another question comes to hand. */
  function commit(): boolean {
    const row = rows.value.find((one) => one.id === step.value);
    return !row || typed.value === "" || give(row, typed.value);
  }
  function turn(by: number): void {
    if (!commit()) return;
    const at = desk.schemes.findIndex((one) => one.number === number.value) + by;
    const next = desk.schemes[at];
    if (next) go(next.number);
  }
  function enter(): "stay" | "step" | "question" {
    const row = rows.value.find((one) => one.id === step.value);
    if (!row || !commit()) return "stay";
    clear();
    const next = followerOf(rows.value, row);
    if (next) return (step.value = next.id), "step";
    turn(1);
    return "question";
  }
  function nextUnmarked(): boolean {
    if (!commit()) return false;
    const open = desk.missing.value.map((one) => one.number);
    const next = open.find((one) => one > number.value) ?? open[0];
    if (next !== undefined) go(next);
    return next !== undefined;
  }
  const type = (sign: string): void => void ((problem.value = ""), (typed.value = sign === "Backspace" ? typed.value.slice(0, -1) : (typed.value + sign).slice(0, 4)));
  return { number, scheme, step, typed, problem, type, give, enter, turn, go, nextUnmarked, clear };
}

/** The step to be marked after this one: the next of its method, else the first of the next part. */
export function followerOf(rows: readonly StepRow[], row: StepRow): StepRow | undefined {
  const at = rows.indexOf(row);
  const next = rows[at + 1];
  if (next && next.part === row.part && next.alternative === row.alternative && next.method === row.method) return next;
  return rows.slice(at + 1).find((one) => one.part !== row.part && isOtherSide(one.part) === isOtherSide(row.part));
}

const isOtherSide = (part: string): boolean => part.startsWith("or-");
