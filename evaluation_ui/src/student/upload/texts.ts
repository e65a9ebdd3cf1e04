import { addTexts } from "@/base/texts";
import en from "@/texts/en/upload.json";
import hi from "@/texts/hi/upload.json";

/** The words of these screens come with them, not with the first page. */
addTexts({ en, hi });
