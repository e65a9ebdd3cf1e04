import { addTexts } from "@/base/texts";
import en from "@/texts/en/sitting.json";
import hi from "@/texts/hi/sitting.json";

/** The words of a sitting come with it, not with the first page. */
addTexts({ en, hi });
