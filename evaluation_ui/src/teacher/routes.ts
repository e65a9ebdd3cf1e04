import type { RouteRecordRaw } from "vue-router";
import { accountRoutes } from "@/account/routes";
import type { Place } from "@/components/AppShell.vue";
import { bankRoutes } from "./bank/routes";
import { templateRoutes } from "./templates/routes";

/** Where the navigation leads. */
export const places: Place[] = [
  { to: "/", text: "teacher.place.home" },
  { to: "/questions", text: "teacher.place.questions" },
  { to: "/templates", text: "teacher.place.templates" },
  { to: "/account", text: "account.place" },
];

/** The screens of this role; each is fetched when it is first opened. */
export const routes: RouteRecordRaw[] = [
  { path: "/", component: () => import("./queue/QueuePage.vue") },
  { path: "/scripts/:id", component: () => import("./marking/MarkingPage.vue"), meta: { bare: true } },
  ...bankRoutes,
  ...templateRoutes,
  ...accountRoutes,
];
