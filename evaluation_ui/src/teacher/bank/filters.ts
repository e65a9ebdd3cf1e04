import { CLASSES, COGNITIVE, DIFFICULTIES, LEVELS, STATUSES, TYPES } from "./model";
import type { ClassLevel, CognitiveLevel, CourseLevel, Difficulty, QuestionStatus, QuestionType } from "./model";

/** What the list is narrowed to, as the address of the page holds it; empty leaves a field open. */
export interface Filters {
  q: string;
  class: ClassLevel | "";
  level: CourseLevel | "";
  unit: string;
  chapter: string;
  type: QuestionType | "";
  marks: string;
  difficulty: Difficulty | "";
  cognitive: CognitiveLevel | "";
  status: QuestionStatus | "";
  tag: string;
  mine: boolean;
}

type Query = Record<string, unknown>;

/** The filters in an address; what an address makes up is left out. */
export function filtersOf(query: Query): Filters {
  const text = (name: string): string => (typeof query[name] === "string" ? query[name] : "");
  const word = <W extends string>(name: string, words: readonly W[]): W | "" => words.find((each) => each === text(name)) ?? "";
  return {
    q: text("q"),
    class: word("class", CLASSES),
    level: word("level", LEVELS),
    unit: text("unit"),
    chapter: text("chapter"),
    type: word("type", TYPES),
    marks: /^[1-6]$/.test(text("marks")) ? text("marks") : "",
    difficulty: word("difficulty", DIFFICULTIES),
    cognitive: word("cognitive", COGNITIVE),
    status: word("status", STATUSES),
    tag: text("tag"),
    mine: text("mine") === "1",
  };
}

/** The address of a list that is narrowed to this. */
export function queryOf(filters: Filters): Record<string, string> {
  const given = Object.entries({ ...filters, mine: filters.mine ? "1" : "" }).map(([name, value]) => [name, value.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** What the API is asked. */
export function argumentsOf(filters: Filters, me: string | undefined) {
  return {
    class_level: filters.class || undefined,
    level: filters.level || undefined,
    unit: filters.unit || undefined,
    chapter: filters.chapter || undefined,
    type: filters.type || undefined,
    marks: filters.marks ? Number(filters.marks) : undefined,
    difficulty: filters.difficulty || undefined,
    cognitive_level: filters.cognitive || undefined,
    status: filters.status || undefined,
    tag: filters.tag || undefined,
    author_id: filters.mine ? me : undefined,
    q: filters.q || undefined,
  };
}

/** How many fields narrow the list. */
export function narrowedBy(filters: Filters): number {
  return Object.keys(queryOf(filters)).length;
}

/** The filters after one was changed: a chapter does not outlive its unit, nor either of them their class. */
export function changed<K extends keyof Filters>(filters: Filters, name: K, value: Filters[K]): Filters {
  const next = { ...filters, [name]: value };
  if (name === "class") Object.assign(next, { unit: "", chapter: "", level: value === "X" ? next.level : "" });
  if (name === "unit") next.chapter = "";
  return next;
}
