import { api } from "@/base/api";
import { problemOf } from "@/base/problem";
import type { Health } from "../shared/types";

/** How the house is. It answers 503 while a part is not well, and that answer is wanted too. */
export async function health(): Promise<Health> {
  const { data, error, response } = await api.GET("/api/v1/health");
  const said = (data ?? error) as Health | undefined;
  if (said && "parts" in said) return said;
  throw problemOf(response.status, error);
}
