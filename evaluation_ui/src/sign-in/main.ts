import { createApp } from "vue";
import "@/design/index.css";
import { applyTheme } from "@/base/theme";
import { addTexts, locale } from "@/base/texts";
import { common } from "@/texts/common";
import en from "@/texts/en/sign-in.json";
import hi from "@/texts/hi/sign-in.json";
import SignInPage from "./SignInPage.vue";

addTexts(common, { en, hi });
document.documentElement.lang = locale.value;
applyTheme();
createApp(SignInPage).mount("#house");
