import { describe, expect, it } from "vitest";
import type { PaperQuestion } from "@/components/paper";
import { adopted } from "@/student/sitting/answers/answer";
import { Notes } from "@/student/sitting/notes";
import { counted, standingOf } from "@/student/sitting/standing";

const question = (number: number, type: PaperQuestion["type"]): PaperQuestion => ({ number, type, marks: "1", unit: "", chapter: "", text: "", image: null, choices: [], assertion: null, reason: null, parts: [], alternative: null });
const note = { written: false, marked: false };
const saved = (choices: string[], marked = false) => adopted("exam", { number: 1, choices, marked, sequence: 1, savedAt: "" });

describe("where a student stands with a question", () => {
  it("is open until something is chosen, and again when it is taken back", () => {
    expect(standingOf(question(1, "MCQ"), undefined, note).done).toBe("open");
    expect(standingOf(question(1, "MCQ"), saved(["A"]), note).done).toBe("answered");
    expect(standingOf(question(1, "MCQ"), saved([], true), note)).toEqual({ number: 1, done: "open", marked: true });
  });

  it("is the student's own word for what is written on paper", () => {
    expect(standingOf(question(21, "VSA"), undefined, note).done).toBe("to-write");
    expect(standingOf(question(21, "VSA"), undefined, { written: true, marked: true })).toEqual({ number: 21, done: "written", marked: true });
  });

  it("is counted for the last look", () => {
    const standings = [standingOf(question(1, "MCQ"), saved(["A"]), note), standingOf(question(2, "ASSERTION_REASON"), undefined, note)];
    expect(counted(standings)).toEqual({ answered: 1, open: 1, written: 0, "to-write": 0, marked: 0 });
  });
});

describe("notes", () => {
  it("are there again after the page was loaded anew, and survive nonsense", () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    new Notes("exam", storage).set(21, { written: true });
    expect(new Notes("exam", storage).of(21)).toEqual({ written: true, marked: false });
    kept.set("mathvidya-notes-exam", "{");
    expect(new Notes("exam", storage).of(21)).toEqual(note);
  });
});
