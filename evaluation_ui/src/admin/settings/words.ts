import { t } from "@/base/texts";
import type { Kind } from "./kinds";

/** A value as a sentence shows it. */
export function shown(kind: Kind, value: unknown): string {
  if (kind.form === "truth") return value === true ? t("admin.yes") : t("admin.no");
  if (kind.form === "some" && Array.isArray(value)) return value.map((one) => choiceText(String(one))).join(", ");
  if (kind.form === "whole") return `${String(value)} ${t(`admin.setting.unit.${kind.unit}`)}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The name of one choice: stamps have words, kinds of file are their own name. */
export function choiceText(choice: string): string {
  return choice.includes("/") ? choice : t(`common.stamp.${choice}`);
}
