import { COGNITIVE, DIFFICULTIES } from "../bank/model";
import type { ClassLevel, CognitiveLevel, CourseLevel, Difficulty, QuestionType } from "../bank/model";
import type { Band, ExamType, Group, Section, Spec } from "./model";

export interface BandDraft {
  minimum: string;
  maximum: string;
}

export interface GroupDraft {
  type: QuestionType;
  count: string;
  marks_each: string;
  choices: string;
  patterns: string;
}

export interface SectionDraft {
  section: string;
  groups: GroupDraft[];
}

/** A template as it is being typed: every figure is a text until it is saved. */
export interface TemplateDraft {
  code: string;
  title: string;
  exam_type: ExamType;
  class_level: ClassLevel;
  course_level: CourseLevel | "";
  minutes: string;
  instructions: string;
  sections: SectionDraft[];
  unit_marks: Record<string, string>;
  cognitive: Record<CognitiveLevel, BandDraft>;
  difficulty: Record<Difficulty, BandDraft>;
}

export interface Totals {
  questions: number;
  marks: number;
  unitMarks: number;
}

export function emptyGroup(): GroupDraft {
  return { type: "MCQ", count: "1", marks_each: "1", choices: "0", patterns: "" };
}

/** A template to begin with. */
export function emptyTemplate(): TemplateDraft {
  return {
    code: "",
    title: "",
    exam_type: "section_mcq",
    class_level: "XII",
    course_level: "",
    minutes: "30",
    instructions: "",
    sections: [{ section: "A", groups: [emptyGroup()] }],
    unit_marks: {},
    cognitive: bandDrafts(COGNITIVE, null),
    difficulty: bandDrafts(DIFFICULTIES, null),
  };
}

/** A saved blueprint as a draft that an edit starts from. */
export function draftOf(spec: Spec): TemplateDraft {
  return {
    code: spec.code,
    title: spec.title,
    exam_type: spec.exam_type,
    class_level: spec.class_level,
    course_level: spec.course_level ?? "",
    minutes: typed(spec.minutes),
    instructions: spec.instructions.join("\n"),
    sections: spec.sections.map((section) => ({ section: section.section, groups: section.groups.map(groupDraftOf) })),
    unit_marks: Object.fromEntries(Object.entries(spec.unit_marks ?? {}).map(([unit, marks]) => [unit, typed(marks)])),
    cognitive: bandDrafts(COGNITIVE, spec.cognitive),
    difficulty: bandDrafts(DIFFICULTIES, spec.difficulty),
  };
}

/** The blueprint that the API takes; what is no whole number travels as null, for the API to name its place. */
export function specOf(draft: TemplateDraft): Spec {
  return {
    code: draft.code.trim(),
    title: draft.title.trim(),
    exam_type: draft.exam_type,
    class_level: draft.class_level,
    course_level: draft.class_level === "X" ? draft.course_level || null : null,
    minutes: wholeOf(draft.minutes),
    instructions: draft.instructions.split("\n").map((line) => line.trim()).filter(Boolean),
    sections: draft.sections.map(sectionOf),
    unit_marks: draft.exam_type === "unit_practice" ? null : unitMarksOf(draft.unit_marks),
    cognitive: bandsOf(draft.cognitive),
    difficulty: bandsOf(draft.difficulty),
    unit: null,
  };
}

/** What the sections come to, and what the units are given. */
export function totalsOf(draft: TemplateDraft): Totals {
  const groups = draft.sections.flatMap((section) => section.groups);
  const count = (group: GroupDraft): number => wholeOf(group.count) ?? 0;
  const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
  return {
    questions: sum(groups.map(count)),
    marks: sum(groups.map((group) => count(group) * (wholeOf(group.marks_each) ?? 0))),
    unitMarks: sum(Object.values(draft.unit_marks).map((marks) => wholeOf(marks) ?? 0)),
  };
}

/** A whole number as it is typed; null for anything else. */
export function wholeOf(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Divisions of a case study and how many have each, as typed: "1+1+2 = 2; 2+2 = 1". */
export function patternsOf(text: string): Record<string, number | null> | null {
  const given = text.split(/[;,]/).map((each) => each.trim()).filter(Boolean);
  if (given.length === 0) return null;
  return Object.fromEntries(
    given.map((each) => {
      const [pattern = "", count = ""] = each.split(/[=:×]/);
      return [pattern.replace(/\s/g, ""), wholeOf(count)];
    }),
  );
}

/** Divisions as they are typed. */
export function patternsTyped(patterns: Group["patterns"]): string {
  return Object.entries(patterns ?? {}).map(([pattern, count]) => `${pattern} = ${count ?? ""}`).join("; ");
}

function sectionOf(section: SectionDraft): Section {
  return { section: section.section.trim(), groups: section.groups.map(groupOf) };
}

function groupOf(group: GroupDraft): Group {
  return {
    type: group.type,
    count: wholeOf(group.count),
    marks_each: wholeOf(group.marks_each),
    choices: group.choices.trim() === "" ? 0 : wholeOf(group.choices),
    patterns: group.type === "CASE_STUDY" ? patternsOf(group.patterns) : null,
  };
}

function groupDraftOf(group: Group): GroupDraft {
  return { type: group.type, count: typed(group.count), marks_each: typed(group.marks_each), choices: typed(group.choices), patterns: patternsTyped(group.patterns) };
}

function unitMarksOf(marks: Record<string, string>): Spec["unit_marks"] {
  const given = Object.entries(marks).filter(([, text]) => !["", "0"].includes(text.trim()));
  return given.length === 0 ? null : Object.fromEntries(given.map(([unit, text]) => [unit, wholeOf(text)]));
}

function bandsOf<Level extends string>(bands: Record<Level, BandDraft>): Record<Level, Band> | null {
  const entries = Object.entries<BandDraft>(bands);
  if (entries.every(([, band]) => band.minimum.trim() === "" && band.maximum.trim() === "")) return null;
  return Object.fromEntries(entries.map(([level, band]) => [level, { minimum: wholeOf(band.minimum), maximum: wholeOf(band.maximum) }])) as Record<Level, Band>;
}

function bandDrafts<Level extends string>(levels: readonly Level[], bands: Record<Level, Band> | null): Record<Level, BandDraft> {
  const draft = (level: Level): BandDraft => ({ minimum: typed(bands?.[level].minimum), maximum: typed(bands?.[level].maximum) });
  return Object.fromEntries(levels.map((level) => [level, draft(level)])) as Record<Level, BandDraft>;
}

function typed(figure: number | null | undefined): string {
  return figure === null || figure === undefined ? "" : String(figure);
}
