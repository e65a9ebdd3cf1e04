import type { QueryClient } from "@tanstack/vue-query";
import type { components } from "@/api/schema";
import { api, ask, idempotent } from "@/base/api";
import type { Paper } from "@/components/paper";
import type { Key } from "./key";

export type Sheet = components["schemas"]["ScriptSheet"];
export type Evaluation = components["schemas"]["Evaluation"];
export type Script = Omit<components["schemas"]["Script"], "paper" | "key"> & { paper: Paper; key: Key };

/** As long as the addresses of the pages are surely good. */
const FRESH_MS = 120_000;
const AT_HAND = ["assigned", "in_progress"];

/** A script, from what was fetched ahead where that is fresh. */
export async function fetchScript(queries: QueryClient, id: string): Promise<Script> {
  return await queries.fetchQuery({
    queryKey: ["script", id],
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    queryFn: async () =>
      (await ask(api.GET("/api/v1/evaluations/{evaluation_id}/script", { params: { path: { evaluation_id: id } } }))) as unknown as Script,
  });
}

/** What was fetched is not what stands any more. */
export function forgetScript(queries: QueryClient, id: string): void {
  queries.removeQueries({ queryKey: ["script", id] });
}

/** The teacher's scripts, newest first. */
export async function ownEvaluations(): Promise<Evaluation[]> {
  const page = await ask(api.GET("/api/v1/evaluations", { params: { query: { limit: 100 } } }));
  return page.items as Evaluation[];
}

/** Those that can be marked now, the earliest due first. */
export function openOnes(all: readonly Evaluation[]): Evaluation[] {
  return all.filter((one) => AT_HAND.includes(one.state)).sort(byDue);
}

/** The earlier promise first; one that stands still after all that run. */
export function byDue(one: Evaluation, other: Evaluation): number {
  const due = (evaluation: Evaluation): number => (evaluation.due_at ? Date.parse(evaluation.due_at) : Infinity);
  return due(one) - due(other) || one.id.localeCompare(other.id);
}

/** The script that comes after this one on the teacher's own desk, round and round; null when there is no other. */
export function nextOf(all: readonly Evaluation[], current: string): string | null {
  const open = openOnes(all);
  const at = open.findIndex((one) => one.id === current);
  const next = open[(at + 1) % open.length];
  return next && next.id !== current ? next.id : null;
}

/** Take the earliest due script of the queue. Throws Problem with `nothing-to-mark`, `desk-full`, `daily-cap-reached`. */
export async function claimNext(): Promise<string> {
  const claimed = await ask(api.POST("/api/v1/evaluations/claim", { headers: idempotent() }));
  return claimed.evaluation.id;
}

/** Fetch the next script of the desk and its first page before they are asked for. */
export async function fetchAhead(queries: QueryClient, current: string): Promise<void> {
  const next = nextOf(await ownEvaluations(), current);
  if (next === null) return;
  const script = await fetchScript(queries, next);
  const first = script.sheets[0];
  if (first) await decoded(first.half_url);
}

/** The image, decoded. */
export async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}
