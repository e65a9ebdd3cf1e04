import { addTexts } from "@/base/texts";
import bankEn from "@/texts/en/bank.json";
import en from "@/texts/en/templates.json";
import bankHi from "@/texts/hi/bank.json";
import hi from "@/texts/hi/templates.json";

/** The words of these screens, and of the bank's components that they share, come with the screens. */
addTexts({ en: bankEn, hi: bankHi }, { en, hi });
