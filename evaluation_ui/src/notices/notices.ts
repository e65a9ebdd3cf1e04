import { useQuery } from "@tanstack/vue-query";
import type { components } from "@/api/schema";
import { api, ask } from "@/base/api";
import { person } from "@/base/session";
import { t } from "@/base/texts";

export type Notice = components["schemas"]["Notification"];

const EVERY_MINUTE = 60_000;
const FIRST = 20;

/** The newest notices and how many are unread; asked for again each minute while the page is looked at. */
export function useNotices() {
  return useQuery({
    queryKey: ["notices"],
    queryFn: () => ask(api.GET("/api/v1/notifications", { params: { query: { limit: FIRST } } })),
    refetchInterval: EVERY_MINUTE,
  });
}

/** What a notice says in the reader's language; the server's own words where this page has none for it. */
export function wordsOf(notice: Notice): { title: string; body: string } {
  const key = `notices.${notice.category}`;
  const title = t(`${key}.title`);
  return title === `${key}.title` ? notice : { title, body: t(`${key}.body`) };
}

/** Where a notice leads on the page of who reads it; null when there is nothing more to see. */
export function placeOf(notice: Notice): string | null {
  const { exam_id: exam } = notice.data as Record<string, string | undefined>;
  if (exam === undefined) return null;
  if (notice.category === "page_request") return `/exams/${exam}/upload`;
  if (notice.category === "evaluation_complete" || notice.category === "parent_update") return `/exams/${exam}/result`;
  return notice.category === "sla_breach" && person.value?.role === "admin" ? "/board" : null;
}
