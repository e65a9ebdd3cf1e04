import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { components } from "@/api/schema";
import type { Paper } from "@/components/paper";
import type { Answer } from "./answers/answer";
import type { AnswerStore } from "./answers/outbox";
import type { Offset } from "./clock";

export type Exam = components["schemas"]["Exam"];

/** An exam as this device keeps it, so that it opens without a network. */
export interface KeptExam {
  id: string;
  studentId: string;
  exam: Exam;
  paper: Paper | null;
  offset: Offset | null;
}

interface Device extends DBSchema {
  exams: { key: string; value: KeptExam };
  answers: { key: [string, number]; value: Answer };
}

let opened: Promise<IDBPDatabase<Device>> | null = null;

function device(): Promise<IDBPDatabase<Device>> {
  opened ??= openDB<Device>("mathvidya-sitting", 1, {
    upgrade(db) {
      db.createObjectStore("exams", { keyPath: "id" });
      db.createObjectStore("answers", { keyPath: ["examId", "number"] });
    },
    terminated: () => void (opened = null),
  });
  return opened;
}

const ofExam = (examId: string): IDBKeyRange => IDBKeyRange.bound([examId, 0], [examId, Infinity]);

/** The exam as it is kept here. */
export async function keptExam(id: string): Promise<KeptExam | undefined> {
  return (await device()).get("exams", id);
}

/** Keep an exam; what belongs to another student goes from this device, but for answers that still wait. */
export async function keepExam(kept: KeptExam): Promise<void> {
  const db = await device();
  await db.put("exams", kept);
  for (const other of await db.getAll("exams")) {
    if (other.studentId !== kept.studentId && !(await waits(db, other.id))) await forgetExam(other.id);
  }
}

/** Forget an exam whose answers the server has all spoken to. */
export async function forgetExam(id: string): Promise<void> {
  const db = await device();
  if (await waits(db, id)) return;
  await db.delete("exams", id);
  await db.delete("answers", ofExam(id));
}

async function waits(db: IDBPDatabase<Device>, examId: string): Promise<boolean> {
  return (await db.getAll("answers", ofExam(examId))).some((answer) => answer.fate === "waiting");
}

/** Answers in IndexedDB; a write resolves when it is on the disk, not before. */
export const answersOnDevice: AnswerStore = {
  async all(examId) {
    return (await device()).getAll("answers", ofExam(examId));
  },
  async change(examId, number, by) {
    const change = (await device()).transaction("answers", "readwrite", { durability: "strict" });
    const next = by(await change.store.get([examId, number]));
    if (next !== undefined) await change.store.put(next);
    await change.done;
  },
};
