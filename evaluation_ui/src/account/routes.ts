import type { RouteRecordRaw } from "vue-router";

/** The page about oneself, the same for every role. Its texts come by `texts.ts`. */
export const accountRoutes: RouteRecordRaw[] = [{ path: "/account", component: () => import("./AccountPage.vue") }];
