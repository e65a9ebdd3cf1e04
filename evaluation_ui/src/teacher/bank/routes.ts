import type { RouteRecordRaw } from "vue-router";

/** The bank: the same screens for teachers and admins, under the role's own page. */
export const bankRoutes: RouteRecordRaw[] = [
  { path: "/questions", component: () => import("./QuestionListPage.vue") },
  { path: "/questions/new", component: () => import("./QuestionEditorPage.vue") },
  { path: "/questions/import", component: () => import("./ImportPage.vue") },
  { path: "/questions/:id", component: () => import("./QuestionPage.vue") },
  { path: "/questions/:id/edit", component: () => import("./QuestionEditorPage.vue") },
  { path: "/questions/:id/versions", component: () => import("./VersionsPage.vue") },
];
