import { START_LOCATION, type RouteRecordRaw } from "vue-router";
import { accountRoutes } from "@/account/routes";
import type { Place } from "@/components/AppShell.vue";
import { interruptedRoute } from "./upload/picking";

/** Where the navigation leads. */
export const places: Place[] = [
  { to: "/", text: "student.place.home" },
  { to: "/choose", text: "student.place.choose" },
  { to: "/progress", text: "student.place.progress" },
  { to: "/account", text: "account.place" },
];

/** The screens of this role; each is fetched when it is first opened. */
export const routes: RouteRecordRaw[] = [
  {
    path: "/",
    component: () => import("./home/HomePage.vue"),
    // A phone that ended the page while its camera was open may come back here: go on where the student was.
    beforeEnter: (_to, from) => (from === START_LOCATION && interruptedRoute(Date.now())) || true,
  },
  { path: "/choose", component: () => import("./choose/ChoosePage.vue") },
  // Nothing but the exam is on the page while its time runs.
  { path: "/exams/:id", component: () => import("./sitting/SittingPage.vue"), meta: { bare: true } },
  { path: "/exams/:id/paper", component: () => import("./sitting/PaperPage.vue"), meta: { bare: true } },
  { path: "/exams/:id/upload", component: () => import("./upload/UploadPage.vue") },
  { path: "/exams/:id/result", component: () => import("./result/ResultPage.vue") },
  { path: "/progress", component: () => import("./progress/ProgressPage.vue") },
  ...accountRoutes,
];
