import type { Managed } from "../shared/types";

export type Standing = "active" | "locked" | "disabled";

/** Whether somebody can sign in at a moment. */
export function standingOf(person: Pick<Managed, "disabled_at" | "locked_until">, now: number): Standing {
  if (person.disabled_at !== null) return "disabled";
  return person.locked_until !== null && Date.parse(person.locked_until) > now ? "locked" : "active";
}

/** What an admin types of a person. */
export interface PersonDraft {
  role: Managed["role"];
  full_name: string;
  email: string;
  phone: string;
  class_level: "" | "X" | "XII";
  course_level: "" | "standard" | "basic";
  extra_time_percent: string;
  may_mark: ("X" | "XII")[];
  daily_cap: string;
}

export const BLANK: PersonDraft = {
  role: "teacher",
  full_name: "",
  email: "",
  phone: "",
  class_level: "",
  course_level: "",
  extra_time_percent: "0",
  may_mark: [],
  daily_cap: "",
};

export function draftOf(person: Managed): PersonDraft {
  return {
    role: person.role,
    full_name: person.full_name,
    email: person.email,
    phone: person.phone ?? "",
    class_level: person.class_level ?? "",
    course_level: person.course_level ?? "",
    extra_time_percent: String(person.extra_time_percent),
    may_mark: [...person.may_mark],
    daily_cap: person.daily_cap === null ? "" : String(person.daily_cap),
  };
}

/** The draft as the API takes it: only what belongs to the role. */
export function profileOf(draft: PersonDraft) {
  const [isStudent, isTeacher] = [draft.role === "student", draft.role === "teacher"];
  return {
    role: draft.role,
    full_name: draft.full_name,
    email: draft.email,
    phone: draft.phone.trim() || null,
    class_level: isStudent ? draft.class_level || null : null,
    course_level: isStudent && draft.class_level === "X" ? draft.course_level || null : null,
    extra_time_percent: isStudent ? Number(draft.extra_time_percent) : 0,
    may_mark: isTeacher ? draft.may_mark : [],
    daily_cap: isTeacher && draft.daily_cap.trim() ? Number(draft.daily_cap) : null,
  };
}

/** The address at which an invited person chooses a password; what follows # reaches no server's log. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/#invitation=${encodeURIComponent(token)}`;
}
