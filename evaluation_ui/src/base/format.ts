import { language, plural, t } from "./texts";

const ZONE = "Asia/Kolkata";
const DAY_MS = 86_400_000;

/** Minutes of a working day on the standard calendar: 09:00 to 18:00. */
export const WORKING_DAY_MINUTES = 540;

/** A moment as people say it: "today 14:20", "Tue 14:20" within a week, else "Tue 25 Nov, 14:20". */
export function moment(iso: string, now: number = Date.now()): string {
  const at = new Date(iso);
  const time = formatted(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const distance = dayNumber(at) - dayNumber(new Date(now));
  if (distance === 0) return t("common.moment.today", { time });
  if (distance === 1) return t("common.moment.tomorrow", { time });
  if (distance === -1) return t("common.moment.yesterday", { time });
  if (Math.abs(distance) < 7) return `${formatted(at, { weekday: "short" })} ${time}`;
  return `${day(iso)}, ${time}`;
}

/** A date: "Tue 25 Nov 2026". A plain date (2026-11-25) is taken as it stands. */
export function day(iso: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return formatted(new Date(`${iso}T12:00:00Z`), options);
  return formatted(new Date(iso), options);
}

/** The time of day: "14:20". */
export function clockTime(iso: string): string {
  return formatted(new Date(iso), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** Marks as a teacher writes them: "2½", "0", "40". They travel as decimal strings. */
export function marks(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  const halves = Math.round(Number(value) * 2);
  const whole = Math.trunc(halves / 2);
  if (halves % 2 === 0) return String(whole);
  return whole === 0 ? (halves < 0 ? "−½" : "½") : `${whole}½`;
}

/** Working time in words: "1 working day 4 h", "5 working hours", "35 working minutes". */
export function workingTime(minutes: number): string {
  const total = Math.max(0, Math.round(minutes));
  const days = Math.floor(total / WORKING_DAY_MINUTES);
  const hours = Math.floor((total % WORKING_DAY_MINUTES) / 60);
  if (days > 0) return plural("common.working.days", days) + (hours > 0 ? ` ${t("common.hours.short", { n: hours })}` : "");
  if (hours > 0) return plural("common.working.hours", hours);
  return plural("common.working.minutes", total);
}

/** A countdown: "2:59:07". */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const pad = (n: number): string => String(n).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
}

/** A size of a file: "530 KB", "5.1 MB". */
export function fileSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Rupees from paise: "₹1,499". */
export function rupees(paise: number): string {
  const options: Intl.NumberFormatOptions = { style: "currency", currency: "INR", maximumFractionDigits: paise % 100 ? 2 : 0 };
  return new Intl.NumberFormat(language.value, options).format(paise / 100);
}

function formatted(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language.value, { timeZone: ZONE, ...options }).format(at).replaceAll(",", "");
}

/** Days since the epoch on India's clock, which is five and a half hours ahead all year. */
function dayNumber(at: Date): number {
  return Math.floor((at.getTime() + 19_800_000) / DAY_MS);
}
