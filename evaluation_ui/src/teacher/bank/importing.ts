import { api, ask } from "@/base/api";
import { Problem } from "@/base/problem";
import type { ActKey } from "./saving";
import type { RowProblem } from "./model";

/** A file of questions as it is sent: CSV or JSON, by its name. */
export interface ImportFile {
  name: string;
  text: string;
  kind: "text/csv" | "application/json";
}

/** What is wrong with one row of the file. */
export interface BadRow {
  line: number;
  code: string | null;
  problems: { field: string; problem: string }[];
}

/** The file as it will be sent. */
export async function readFile(file: File): Promise<ImportFile> {
  const kind = file.name.toLowerCase().endsWith(".json") || file.type === "application/json" ? "application/json" : "text/csv";
  return { name: file.name, text: await file.text(), kind };
}

/** What an import would meet; nothing changes. */
export function examine(file: ImportFile) {
  return ask(api.POST("/api/v1/questions/imports/examination", asSent(file)));
}

/** Write every question of the file as a draft, or none. */
export function importAll(file: ImportFile, act: ActKey) {
  const sent = asSent(file);
  return ask(api.POST("/api/v1/questions/imports", { ...sent, headers: { ...sent.headers, ...act } }));
}

/** The problems row by row, in the order of the file. */
export function byRow(problems: readonly RowProblem[]): BadRow[] {
  const rows = new Map<number, BadRow>();
  for (const { line, code, field, problem } of problems) {
    const row = rows.get(line) ?? { line, code, problems: [] };
    row.problems.push({ field, problem });
    rows.set(line, row);
  }
  return [...rows.values()].sort((one, other) => one.line - other.line);
}

/** The rows that a refused import names. */
export function rowsOfRefusal(error: unknown): RowProblem[] {
  if (!(error instanceof Problem) || !Array.isArray(error.members.rows)) return [];
  return error.members.rows as RowProblem[];
}

function asSent(file: ImportFile) {
  return { body: file.text, bodySerializer: (body: unknown) => body as string, headers: { "Content-Type": file.kind } };
}
