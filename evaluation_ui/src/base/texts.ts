import { computed, ref } from "vue";

export type Locale = "en" | "hi";
export type Texts = Record<string, string>;
export type Catalogues = Record<Locale, Texts>;
type Values = Record<string, string | number>;

const KEPT = "mathvidya-locale";
const catalogues: Catalogues = { en: {}, hi: {} };

/** The language of the page, kept on this device. */
export const locale = ref<Locale>(remembered());

/** The language tag that Intl wants: dates as India writes them. */
export const language = computed(() => (locale.value === "hi" ? "hi-IN" : "en-IN"));

/** Add catalogues: each page brings those of its screens. */
export function addTexts(...added: Catalogues[]): void {
  for (const one of added) {
    Object.assign(catalogues.en, one.en);
    Object.assign(catalogues.hi, one.hi);
  }
}

/** The text of `key` with its placeholders filled; the key itself where there is none, which a test refuses. */
export function t(key: string, values: Values = {}): string {
  const text = catalogues[locale.value][key] ?? catalogues.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `key.one` or `key.other`, by the rules of the language, with {n}. */
export function plural(key: string, n: number, values: Values = {}): string {
  const form = new Intl.PluralRules(language.value).select(n) === "one" ? "one" : "other";
  return t(`${key}.${form}`, { n, ...values });
}

/** Change the language of the page. */
export function setLocale(chosen: Locale): void {
  locale.value = chosen;
  localStorage.setItem(KEPT, chosen);
  document.documentElement.lang = chosen;
}

function remembered(): Locale {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "hi") return kept;
  return navigator.language.startsWith("hi") ? "hi" : "en";
}
