import { useQuery } from "@tanstack/vue-query";
import { api, ask } from "@/base/api";
import type { MaybeRefOrGetter } from "vue";
import { toValue } from "vue";
import { latestOf } from "./saving";

/** The latest version of a question. */
export function useLatest(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: ["questions", "one", () => toValue(id)], queryFn: () => latestOf(toValue(id)) });
}

/** Every version of a question, newest first. */
export function useVersions(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ["questions", "versions", () => toValue(id)],
    queryFn: () => ask(api.GET("/api/v1/questions/{question_id}/versions", { params: { path: { question_id: toValue(id) } } })),
  });
}

/** One version, which never changes. */
export function useVersion(id: MaybeRefOrGetter<string>, version: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: ["questions", "version", () => toValue(id), () => toValue(version)],
    queryFn: () => {
      const path = { question_id: toValue(id), version: toValue(version) };
      return ask(api.GET("/api/v1/questions/{question_id}/versions/{version}", { params: { path } }));
    },
    enabled: () => toValue(version) > 0,
  });
}
