import type { RouteRecordRaw } from "vue-router";
import type { Place } from "@/components/AppShell.vue";

/** Where the navigation leads. */
export const places: Place[] = [{ to: "/", text: "teacher.place.home" }];

/** The screens of this role; each is fetched when it is first opened. */
export const routes: RouteRecordRaw[] = [
  { path: "/", component: () => import("./queue/QueuePage.vue") },
  { path: "/scripts/:id", component: () => import("./marking/MarkingPage.vue"), meta: { bare: true } },
];
