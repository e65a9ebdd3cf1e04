import createClient, { type FetchResponse } from "openapi-fetch";
import type { paths } from "@/api/schema";
import { accessToken, forget, learnTime, reached } from "./access";
import { problemOf } from "./problem";

/** The API, typed by the OpenAPI document: a wrong path or field does not compile. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: signedIn });

/* eslint-disable @typescript-eslint/no-explicit-any -- the shapes are openapi-fetch's own */
type Asked<R extends Record<string | number, any>, O> = Promise<FetchResponse<R, O, `${string}/${string}`>>;
type DataOf<R extends Record<string | number, any>, O> = NonNullable<
  FetchResponse<R, O, `${string}/${string}`>["data"]
>;

/** What was asked for. Throws Problem when it is refused, Unreachable without a network. */
export async function ask<R extends Record<string | number, any>, O>(asked: Asked<R, O>): Promise<DataOf<R, O>> {
  return (await askWithEtag(asked)).data;
}

/** What was asked for, with its version for If-Match. */
export async function askWithEtag<R extends Record<string | number, any>, O>(
  asked: Asked<R, O>,
): Promise<{ data: DataOf<R, O>; etag: string }> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemOf(response.status, error);
  return { data: data as DataOf<R, O>, etag: response.headers.get("ETag") ?? "" };
}

/** The header that makes a request that is sent twice be done once: make it once per act, not per try. */
export function idempotent(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}

/** fetch with the access token; a token that the house no longer takes is renewed once. */
export async function signedIn(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await sent(request);
  if (answer.status !== 401) return answer;
  forget();
  return sent(again);
}

async function sent(request: Request): Promise<Response> {
  request.headers.set("Authorization", `Bearer ${await accessToken()}`);
  const sentAt = Date.now();
  const answer = await reached(fetch(request));
  learnTime(answer, sentAt);
  return answer;
}
