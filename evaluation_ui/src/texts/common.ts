import type { Catalogues } from "@/base/texts";
import en from "./en/common.json";
import hi from "./hi/common.json";

/** The texts of components that every page has. */
export const common: Catalogues = { en, hi };
