import { api, ask, idempotent } from "@/base/api";
import { contentOf, differs, type QuestionDraft } from "./draft";
import { ifMatch, type Question } from "./model";

/** The latest version of a question. */
export function latestOf(id: string): Promise<Question> {
  return ask(api.GET("/api/v1/questions/{question_id}", { params: { path: { question_id: id } } }));
}

/** The key of one act of creating: the same for every try of it. */
export type ActKey = ReturnType<typeof idempotent>;

/** Write a new question. */
export function create(draft: QuestionDraft, act: ActKey): Promise<Question> {
  const body = { ...contentOf(draft), code: draft.code.trim() || null };
  return ask(api.POST("/api/v1/questions", { body, headers: act }));
}

/** Save the words of a draft over `base` where they differ: the next version. */
export async function revise(base: Question, draft: QuestionDraft): Promise<Question> {
  if (!differs(draft, base)) return base;
  const path = { question_id: base.question_id };
  return ask(api.PUT("/api/v1/questions/{question_id}", { params: { path }, body: contentOf(draft), headers: ifMatch(base.version) }));
}

/** Save the figure of a draft over `base` where it is another: the next version. */
export async function attach(base: Question, draft: QuestionDraft): Promise<Question> {
  if (draft.image_key === base.image_key) return base;
  const path = { question_id: base.question_id };
  return ask(api.PUT("/api/v1/questions/{question_id}/image", { params: { path }, body: { image_key: draft.image_key }, headers: ifMatch(base.version) }));
}
