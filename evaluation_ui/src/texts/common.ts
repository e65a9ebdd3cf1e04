import type { Catalogues } from "@/base/texts";
import en from "./en/common.json";
import noticesEn from "./en/notices.json";
import hi from "./hi/common.json";
import noticesHi from "./hi/notices.json";

/** The texts of what every page has: its components and the notices. */
export const common: Catalogues = { en: { ...en, ...noticesEn }, hi: { ...hi, ...noticesHi } };
