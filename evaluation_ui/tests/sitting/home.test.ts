import { beforeAll, describe, expect, it } from "vitest";
import { addTexts, setLocale } from "@/base/texts";
import { addressOf, opens, toneOf, wordsOf, type Exam, type Owed } from "@/student/home/exams";
import { common } from "@/texts/common";
import en from "@/texts/en/student.json";
import hi from "@/texts/hi/student.json";

const exam = (state: Exam["state"]): Exam => ({ id: "1", state }) as Exam;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const owed = (change: Partial<Owed>): Owed => ({ clock: "running", whereabouts: "with_a_teacher", due_at: inDays(2), minutes_left: 300, breached_at: null, ...change }) as Owed;

beforeAll(() => {
  addTexts(common, { en, hi });
  setLocale("en");
});

describe("an exam in words", () => {
  it("says with whom it is, when it is due and how much working time is left", () => {
    expect(wordsOf(exam("under_evaluation"), owed({}))).toMatch(/^With a teacher, due \w{3} \d\d:\d\d, 5 working hours left$/);
  });

  it("says that it is late, and that the clock stands", () => {
    expect(wordsOf(exam("under_evaluation"), owed({ minutes_left: -5 }))).toContain("it is late");
    expect(wordsOf(exam("under_evaluation"), owed({ clock: "paused", due_at: null, whereabouts: "page_asked" }))).toBe("A page is wanted again, the clock stands until your page comes");
  });

  it("says its state where nothing is owed", () => {
    expect(wordsOf(exam("published"), owed({ clock: "stopped" }))).toBe("Marks are here");
    expect(wordsOf(exam("voided"), undefined)).toBe("Void; it does not count");
  });

  it.each([
    [owed({}), "on_track"],
    [owed({ minutes_left: 100 }), "due_soon"],
    [owed({ breached_at: inDays(-1) }), "breached"],
    [owed({ clock: "paused", minutes_left: 10 }), "paused"],
    [owed({ clock: "stopped" }), null],
  ])("stands as its clock does", (promise, tone) => expect(toneOf(promise)).toBe(tone));

  it("leads to where something can be done", () => {
    expect((["created", "in_progress", "uploading", "published"] as const).map((state) => addressOf(exam(state)))).toEqual(["/exams/1", "/exams/1", "/exams/1/upload", "/exams/1/result"]);
    expect(opens(exam("voided"))).toBe(false);
  });
});
