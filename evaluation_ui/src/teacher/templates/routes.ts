import type { RouteRecordRaw } from "vue-router";

/** Blueprints of papers: the same screens for teachers and admins, under the role's own page. */
export const templateRoutes: RouteRecordRaw[] = [
  { path: "/templates", component: () => import("./TemplateListPage.vue") },
  { path: "/templates/new", component: () => import("./TemplateEditorPage.vue") },
  { path: "/templates/:id", component: () => import("./TemplatePage.vue") },
  { path: "/templates/:id/edit", component: () => import("./TemplateEditorPage.vue") },
  { path: "/templates/:id/sample", component: () => import("./SamplePage.vue") },
];
