import type { Person } from "@/base/access";
import type { QuestionSummary } from "./model";

export interface Rights {
  edit: boolean;
  submit: boolean;
  review: boolean;
  archive: boolean;
}

/**
 * What a person may do to a question, given its versions newest first: the API decides, this only keeps
 * buttons away that it would refuse.
 */
export function rightsOf(me: Pick<Person, "id" | "role"> | null, versions: readonly QuestionSummary[]): Rights {
  const [latest, first] = [versions[0], versions.at(-1)];
  if (!me || !latest || !first) return { edit: false, submit: false, review: false, archive: false };
  const admin = me.role === "admin";
  const open = latest.status !== "archived";
  const own = admin || first.created_by === me.id;
  const inUse = versions.some((version) => version.is_current && version.status === "active");
  return {
    edit: open && own,
    submit: own && latest.status === "draft",
    review: latest.status === "in_review" && (admin || latest.created_by !== me.id),
    archive: open && own && (admin || !inUse),
  };
}
