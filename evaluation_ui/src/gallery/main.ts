import "@/design/index.css";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { addTexts, locale } from "@/base/texts";
import { applyTheme } from "@/base/theme";
import { common } from "@/texts/common";
import en from "@/texts/en/gallery.json";
import hi from "@/texts/hi/gallery.json";
import GalleryPage from "./GalleryPage.vue";

addTexts(common, { en, hi });
document.documentElement.lang = locale.value;
applyTheme();
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:any(.*)*", component: GalleryPage }] });
createApp(GalleryPage).use(router).use(VueQueryPlugin).mount("#house");
