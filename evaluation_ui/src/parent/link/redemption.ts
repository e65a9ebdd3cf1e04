/** What a parent fills in to link a child. Pure. */

export interface LinkForm {
  code: string;
  relationship: "father" | "mother" | "guardian" | "other";
  primary: boolean;
  agreed: boolean;
}

export function emptyForm(): LinkForm {
  return { code: "", relationship: "guardian", primary: true, agreed: false };
}

/** The keys of what is wrong, by field; empty when it can be sent. */
export function wrongs(form: LinkForm): Partial<Record<"code" | "agreed", string>> {
  return {
    ...(form.code.trim() ? {} : { code: "parent.link.code-first" }),
    ...(form.agreed ? {} : { agreed: "parent.link.agree-first" }),
  };
}

export const RELATIONSHIPS: readonly LinkForm["relationship"][] = ["mother", "father", "guardian", "other"];
