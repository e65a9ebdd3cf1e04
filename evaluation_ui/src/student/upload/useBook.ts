/** What the server knows of the answer book, and the changes a student makes to it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/vue-query";
import { api, ask, idempotent } from "@/base/api";
import type { components } from "@/api/schema";

export type Sheet = components["schemas"]["Sheet"];
export type ExamStatus = components["schemas"]["ExamStatus"];
export type PageRequest = components["schemas"]["PageRequest"];
export type Receipt = components["schemas"]["Receipt"];

const RELOAD_MS = 60_000;

/* eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- the library's own types say it */
export function useBook(examId: string) {
  const path = { exam_id: examId };
  const queries = useQueryClient();
  const statusKey = ["exam", examId, "status"];
  const sheetsKey = ["exam", examId, "sheets"];
  const refresh = (): Promise<unknown> =>
    Promise.all([statusKey, sheetsKey].map((queryKey) => queries.invalidateQueries({ queryKey })));

  const status = useQuery({
    queryKey: statusKey,
    queryFn: () => ask(api.GET("/api/v1/exams/{exam_id}", { params: { path } })),
    refetchInterval: RELOAD_MS,
  });
  const sheets = useQuery({
    queryKey: sheetsKey,
    queryFn: async () => (await ask(api.GET("/api/v1/exams/{exam_id}/sheets", { params: { path } }))).items,
    refetchInterval: RELOAD_MS * 4, // the addresses of the views hold for some minutes
  });

  const put = (changed: Sheet): void => {
    queries.setQueryData<Sheet[]>(sheetsKey, (all) => all?.map((sheet) => (sheet.id === changed.id ? changed : sheet)));
  };

  const setQuestions = useMutation({
    mutationFn: ({ sheet, numbers }: { sheet: Sheet; numbers: number[] }) =>
      ask(
        api.PUT("/api/v1/exams/{exam_id}/sheets/{sheet_id}/questions", {
          params: { path: { ...path, sheet_id: sheet.id } },
          body: { question_numbers: numbers },
        }),
      ),
    onMutate: ({ sheet, numbers }) => put({ ...sheet, question_numbers: numbers }),
    onSuccess: put,
    onError: refresh,
    scope: { id: `questions-${examId}` }, // one after the other: the last tap is the one that stays
  });

  const order = useMutation({
    mutationFn: (sheet_ids: string[]) =>
      ask(api.PUT("/api/v1/exams/{exam_id}/sheets/order", { params: { path }, body: { sheet_ids } })),
    onMutate: (ids) =>
      queries.setQueryData<Sheet[]>(sheetsKey, (all) =>
        all && ids.flatMap((id) => all.filter((sheet) => sheet.id === id)),
      ),
    onSettled: refresh,
  });

  const remove = useMutation({
    mutationFn: (id: string) =>
      ask(api.DELETE("/api/v1/exams/{exam_id}/sheets/{sheet_id}", { params: { path: { ...path, sheet_id: id } } })),
    onSettled: refresh,
  });

  const leaveOut = useMutation({
    mutationFn: ({ number, leftOut }: { number: number; leftOut: boolean }) => {
      const params = { path: { ...path, number } };
      return leftOut
        ? ask(api.PUT("/api/v1/exams/{exam_id}/unanswered/{number}", { params }))
        : ask(api.DELETE("/api/v1/exams/{exam_id}/unanswered/{number}", { params }));
    },
    onSettled: refresh,
  });

  return { status, sheets, refresh, setQuestions, order, remove, leaveOut, handIn: useHandIn(examId, refresh) };
}

/* eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- as above */
function useHandIn(examId: string, refresh: () => Promise<unknown>) {
  const headers = idempotent(); // one act of handing in, however often it is sent
  return useMutation({
    mutationFn: () => ask(api.POST("/api/v1/exams/{exam_id}/hand-in", { params: { path: { exam_id: examId } }, headers })),
    onSettled: refresh,
  });
}
