import type { Catalogues } from "@/base/texts";
import en from "@/texts/en/account.json";
import hi from "@/texts/hi/account.json";

/** The words of the account page, for each role's entry. */
export const account: Catalogues = { en, hi };
