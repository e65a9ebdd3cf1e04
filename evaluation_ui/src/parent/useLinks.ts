import { useQuery } from "@tanstack/vue-query";
import { api, ask } from "@/base/api";
import type { components } from "@/api/schema";

export type Link = components["schemas"]["Link"];

export const LINKS = ["parent-links"];
const MOST = 100; // a family fits on one page

/* eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- the library's own types say it */
export function useLinks() {
  return useQuery({
    queryKey: LINKS,
    queryFn: async () => (await ask(api.GET("/api/v1/parent-links", { params: { query: { limit: MOST } } }))).items,
  });
}

/** The wording that is shown before consent, and the version that is recorded with it. */
/* eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- as above */
export function useNotice() {
  return useQuery({ queryKey: ["consent-notice"], queryFn: () => ask(api.GET("/api/v1/parent-links/notice")) });
}
