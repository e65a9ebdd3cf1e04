import { shallowReactive } from "vue";

/** What a student notes at a question that is answered on paper. It stays on this device and decides nothing. */
export interface Note {
  written: boolean;
  marked: boolean;
}

const NOTHING: Note = { written: false, marked: false };

/** Notes of one exam, kept on this device. */
export class Notes {
  private readonly kept: Map<string, Note>;
  private readonly key: string;

  constructor(examId: string, private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage) {
    this.key = `mathvidya-notes-${examId}`;
    this.kept = shallowReactive(new Map(Object.entries(this.read())));
  }

  /** The note at a question. */
  of(number: number): Note {
    return this.kept.get(String(number)) ?? NOTHING;
  }

  /** Change the note at a question. */
  set(number: number, change: Partial<Note>): void {
    this.kept.set(String(number), { ...this.of(number), ...change });
    this.storage.setItem(this.key, JSON.stringify(Object.fromEntries(this.kept)));
  }

  private read(): Record<string, Note> {
    try {
      return JSON.parse(this.storage.getItem(this.key) ?? "{}") as Record<string, Note>;
    } catch {
      return {};
    }
  }
}
