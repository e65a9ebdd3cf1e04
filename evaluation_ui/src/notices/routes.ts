import type { RouteRecordRaw } from "vue-router";

/** The notices of who is signed in; every role has them under /notices. */
export const noticesRoutes: RouteRecordRaw[] = [{ path: "/notices", component: () => import("./NoticesPage.vue") }];
