import { t } from "@/base/texts";
import { CLASSES, COGNITIVE, DIFFICULTIES, LEVELS, MARKS, STATUSES, TYPES } from "./model";

export interface Option<Value extends string = string> {
  value: Value;
  text: string;
}

const named = <W extends string>(words: readonly W[], key: string): Option<W>[] => words.map((value) => ({ value, text: t(`${key}.${value}`) }));

/** The closed vocabularies of the bank as choices, in the language of the page. */
export const options = {
  types: () => named(TYPES, "bank.type"),
  classes: () => CLASSES.map((value) => ({ value, text: value })),
  levels: () => named(LEVELS, "bank.level"),
  cognitive: () => named(COGNITIVE, "bank.cognitive"),
  difficulties: () => named(DIFFICULTIES, "bank.difficulty"),
  statuses: () => named(STATUSES, "bank.status"),
  marks: () => MARKS.map((value) => ({ value: value as string, text: value })),
  of: (words: readonly string[]) => words.map((value) => ({ value, text: value })),
};

/** A choice that begins with nothing chosen. */
export function orNone<Value extends string>(list: readonly Option<Value>[], text: string): Option<Value | "">[] {
  return [{ value: "", text }, ...list];
}
