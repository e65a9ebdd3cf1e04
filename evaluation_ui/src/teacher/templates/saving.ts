import { api, ask, signedIn } from "@/base/api";
import { problemOf } from "@/base/problem";
import type { Paper } from "@/components/paper";
import { ifMatch } from "../bank/model";
import type { ActKey } from "../bank/saving";
import { specOf, type TemplateDraft } from "./draft";
import type { Template } from "./model";

/** A template as it is now. */
export function templateOf(id: string): Promise<Template> {
  return ask(api.GET("/api/v1/templates/{template_id}", { params: { path: { template_id: id } } }));
}

/** Make a template. */
export function create(draft: TemplateDraft, act: ActKey): Promise<Template> {
  return ask(api.POST("/api/v1/templates", { body: bodyOf(draft), headers: act }));
}

/** Change a template for papers to come. */
export function revise(base: Template, draft: TemplateDraft): Promise<Template> {
  return ask(api.PUT("/api/v1/templates/{template_id}", { params: { path: { template_id: base.id } }, body: bodyOf(draft), headers: ifMatch(base.version) }));
}

/** Take a template out of use. */
export function archive(template: Template): Promise<Template> {
  return ask(api.POST("/api/v1/templates/{template_id}/archive", { params: { path: { template_id: template.id } }, headers: ifMatch(template.version) }));
}

/** A paper as a student who has seen nothing would draw it; the same seed gives the same. Nothing of it is kept. */
export async function sampleOf(id: string, unit: string | null, seed: number): Promise<Paper> {
  const query = new URLSearchParams({ seed: String(seed), ...(unit === null ? {} : { unit }) });
  const answer = await signedIn(new Request(new URL(`/api/v1/templates/${id}/sample?${query}`, location.origin)));
  const body = (await answer.json()) as { paper: Paper };
  if (!answer.ok) throw problemOf(answer.status, body);
  return body.paper;
}

function bodyOf(draft: TemplateDraft): { spec: Record<string, unknown> } {
  return { spec: { ...specOf(draft) } };
}
