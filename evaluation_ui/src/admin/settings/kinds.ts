/** How each setting is typed, and how what is typed becomes its value. */

export type Kind =
  | { form: "whole"; least: number; most: number; unit: Unit }
  | { form: "truth" }
  | { form: "some"; choices: readonly string[] }
  | { form: "text" }
  | { form: "unit-marks" }
  | { form: "elsewhere" }
  | { form: "json" };
export type Unit = "minutes" | "hour" | "days" | "megabytes" | "places" | "attempts" | "scripts";
export type Draft = string | boolean | string[] | Record<string, string>;
/** The value, or the key of the words that say what is wrong. */
export type Read = { value: unknown } | { wrong: string; values?: Record<string, number> };

export const BOARD_MARKS = 80;

const whole = (least: number, most: number, unit: Unit): Kind => ({ form: "whole", least, most, unit });
const TRUTH: Kind = { form: "truth" };

const KINDS: Record<string, Kind> = {
  sla_working_hours: { form: "elsewhere" },
  sla_weekly_off: { form: "elsewhere" },
  leaderboard_top_n: whole(1, 100, "places"),
  max_upload_size_mb: whole(1, 50, "megabytes"),
  allowed_upload_mimetypes: { form: "some", choices: ["image/jpeg", "image/png", "image/heic", "application/pdf"] },
  evaluation_ui_stamps: { form: "some", choices: ["tick", "cross", "half", "circle", "star"] },
  analytics_refresh_hour: whole(0, 23, "hour"),
  analytics_retention_days: whole(365, 3650, "days"),
  cbse_units_class_x: { form: "unit-marks" },
  cbse_units_class_xii: { form: "unit-marks" },
  session_timeout_minutes: whole(15, 1440, "minutes"),
  max_login_attempts: whole(3, 20, "attempts"),
  aws_s3_region: { form: "text" },
  s3_signed_url_expiry_minutes: whole(1, 60, "minutes"),
  notifications_enabled: TRUTH,
  notification_email_from: { form: "text" },
  exam_auto_submit_enabled: TRUTH,
  exam_grace_period_minutes: whole(0, 30, "minutes"),
  question_approval_required: TRUTH,
  sheet_upload_window_minutes: whole(5, 180, "minutes"),
  teacher_daily_cap: whole(1, 100, "scripts"),
  marker_lease_minutes: whole(5, 480, "minutes"),
};

/** Under which heading a setting stands; those that are new to this page come last. */
export const GROUPS: Record<string, readonly string[]> = {
  sitting: ["exam_auto_submit_enabled", "exam_grace_period_minutes", "sheet_upload_window_minutes", "max_upload_size_mb", "allowed_upload_mimetypes"],
  marking: ["teacher_daily_cap", "marker_lease_minutes", "evaluation_ui_stamps", "sla_working_hours", "sla_weekly_off"],
  papers: ["question_approval_required", "cbse_units_class_x", "cbse_units_class_xii"],
  results: ["leaderboard_top_n", "analytics_refresh_hour", "analytics_retention_days"],
  house: ["session_timeout_minutes", "max_login_attempts", "notifications_enabled", "notification_email_from", "aws_s3_region", "s3_signed_url_expiry_minutes"],
};

export function kindOf(key: string): Kind {
  return KINDS[key] ?? { form: "json" };
}

/** The settings under their headings, in the order of the page. */
export function grouped<Item extends { key: string }>(items: readonly Item[]): { name: string; items: Item[] }[] {
  const placed = new Set(Object.values(GROUPS).flat());
  const of = (keys: readonly string[]): Item[] => keys.flatMap((key) => items.filter((item) => item.key === key));
  const groups = Object.entries(GROUPS).map(([name, keys]) => ({ name, items: of(keys) }));
  const others = { name: "other", items: items.filter((item) => !placed.has(item.key)) };
  return [...groups, others].filter((group) => group.items.length > 0);
}

/** A value as it is typed. */
export function draftOf(kind: Kind, value: unknown): Draft {
  if (kind.form === "truth") return value === true;
  if (kind.form === "some") return Array.isArray(value) ? value.map(String) : [];
  if (kind.form === "unit-marks") return Object.fromEntries(Object.entries(value as object).map(([unit, marks]) => [unit, String(marks)]));
  if (kind.form === "json" || kind.form === "elsewhere") return JSON.stringify(value);
  return String(value);
}

/** What was typed as a value, or what is wrong with it. */
export function valueOf(kind: Kind, draft: Draft): Read {
  if (kind.form === "whole") return wholeOf(kind, String(draft));
  if (kind.form === "some") return (draft as string[]).length > 0 ? { value: draft } : { wrong: "admin.setting.wrong.none" };
  if (kind.form === "unit-marks") return unitMarksOf(draft as Record<string, string>);
  if (kind.form === "text") return String(draft).trim() ? { value: String(draft).trim() } : { wrong: "admin.setting.wrong.empty" };
  if (kind.form === "json") return jsonOf(String(draft));
  return { value: draft };
}

/** What the units sum to so far. */
export function sumOf(draft: Record<string, string>): number {
  return Object.values(draft).reduce((sum, marks) => sum + (Number(marks) || 0), 0);
}

function wholeOf(kind: { least: number; most: number }, draft: string): Read {
  const value = Number(draft);
  const fits = /^\d+$/.test(draft.trim()) && value >= kind.least && value <= kind.most;
  return fits ? { value } : { wrong: "admin.setting.wrong.whole", values: { least: kind.least, most: kind.most } };
}

function unitMarksOf(draft: Record<string, string>): Read {
  const entries = Object.entries(draft).map(([unit, marks]) => [unit, Number(marks)] as const);
  const areWhole = entries.every(([, marks]) => Number.isInteger(marks) && marks > 0);
  const sum = sumOf(draft);
  return areWhole && sum === BOARD_MARKS ? { value: Object.fromEntries(entries) } : { wrong: "admin.setting.wrong.units", values: { sum } };
}

function jsonOf(draft: string): Read {
  try {
    return { value: JSON.parse(draft) as unknown };
  } catch {
    return { wrong: "admin.setting.wrong.json" };
  }
}
