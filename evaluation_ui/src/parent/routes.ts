import type { RouteRecordRaw } from "vue-router";
import { accountRoutes } from "@/account/routes";
import type { Place } from "@/components/AppShell.vue";

/** Where the navigation leads. */
export const places: Place[] = [
  { to: "/", text: "parent.place.home" },
  { to: "/link", text: "parent.place.link" },
  { to: "/account", text: "account.place" },
];

/** The screens of this role; each is fetched when it is first opened. */
export const routes: RouteRecordRaw[] = [
  { path: "/", component: () => import("./home/HomePage.vue") },
  { path: "/link", component: () => import("./link/LinkPage.vue") },
  { path: "/children/:id", component: () => import("./child/ChildPage.vue") },
  { path: "/exams/:id/result", component: () => import("./result/ResultPage.vue") },
  ...accountRoutes,
];
