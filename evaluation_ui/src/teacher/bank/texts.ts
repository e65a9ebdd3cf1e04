import { addTexts } from "@/base/texts";
import en from "@/texts/en/bank.json";
import hi from "@/texts/hi/bank.json";

/** The words of these screens come with the screens, so that no role's first page waits for them. */
addTexts({ en, hi });
