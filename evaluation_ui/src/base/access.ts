import type { components } from "@/api/schema";
import { Problem, Unreachable, problemOf } from "./problem";

export type Person = components["schemas"]["Person"];
export interface Grant {
  access_token: string;
  expires_at: string;
  person: Person;
}

const MARGIN_MS = 30_000;
const OURS = { "X-Mathvidya-Browser": "1", "Content-Type": "application/json" };

let grant: Grant | null = null;
let offsetMs = 0;
let renewing: Promise<Grant> | null = null;

/** The server's time, by what its last answer said: a phone's own clock may be wrong by hours. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** Learn the server's time from an answer that took from `sentAt` until now to come. */
export function learnTime(answer: Response, sentAt: number): void {
  const said = Date.parse(answer.headers.get("Date") ?? "");
  if (Number.isNaN(said)) return;
  const middle = (sentAt + Date.now()) / 2;
  const offset = said + 500 - middle; // the header counts whole seconds: the middle of one is the best guess
  if (Math.abs(offset - offsetMs) > 1_000) offsetMs = offset;
}

/** Sign in; the refresh token goes into a cookie that no script can read. */
export async function signIn(email: string, password: string): Promise<Grant> {
  grant = await granted("/api/v1/auth/sign-in", { email, password, refresh_token_in: "cookie" });
  return grant;
}

/** A token that is good for a while yet. Throws Problem when nobody is signed in, Unreachable without a network. */
export async function accessToken(): Promise<string> {
  if (grant !== null && Date.parse(grant.expires_at) - serverNow() > MARGIN_MS) return grant.access_token;
  return (await renew()).access_token;
}

/** Who is signed in, by the cookie where this page was just opened. */
export async function whoIsHere(): Promise<Person> {
  return (grant ?? (await renew())).person;
}

/** Exchange the cookie for a new token. Tabs take turns: one refresh token that is used twice would end the session. */
export function renew(): Promise<Grant> {
  renewing ??= renewed().finally(() => (renewing = null));
  return renewing;
}

async function renewed(): Promise<Grant> {
  grant = await navigator.locks.request("mathvidya-session", async () => await granted("/api/v1/auth/refresh", {}));
  return grant;
}

/** Forget the token of this page. */
export function forget(): void {
  grant = null;
}

async function granted(path: string, body: object): Promise<Grant> {
  const sentAt = Date.now();
  const answer = await reached(fetch(path, { method: "POST", headers: OURS, body: JSON.stringify(body) }));
  learnTime(answer, sentAt);
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, said);
  return said as Grant;
}

/** An answer, or Unreachable. */
export async function reached(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch (cause) {
    throw cause instanceof Problem || cause instanceof Unreachable ? cause : new Unreachable(cause);
  }
}
