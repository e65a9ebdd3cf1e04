import type { RouteRecordRaw } from "vue-router";
import { accountRoutes } from "@/account/routes";
import type { Place } from "@/components/AppShell.vue";
import { bankRoutes } from "@/teacher/bank/routes";
import { templateRoutes } from "@/teacher/templates/routes";

/** Where the navigation leads. */
export const places: Place[] = [
  { to: "/", text: "admin.place.home" },
  { to: "/board", text: "admin.place.board" },
  { to: "/people", text: "admin.place.people" },
  { to: "/plans", text: "admin.place.plans" },
  { to: "/calendar", text: "admin.place.calendar" },
  { to: "/questions", text: "admin.place.questions" },
  { to: "/templates", text: "admin.place.templates" },
  { to: "/settings", text: "admin.place.settings" },
  { to: "/audit", text: "admin.place.audit" },
  { to: "/account", text: "account.place" },
];

/** The screens of this role; each is fetched when it is first opened. */
export const routes: RouteRecordRaw[] = [
  { path: "/", component: () => import("./home/HomePage.vue") },
  { path: "/board", component: () => import("./board/BoardPage.vue") },
  { path: "/board/:examId", component: () => import("./board/ClockPage.vue"), props: true },
  { path: "/people", component: () => import("./people/PeoplePage.vue") },
  { path: "/people/new", component: () => import("./people/NewPersonPage.vue") },
  { path: "/people/:id", component: () => import("./people/PersonPage.vue"), props: true },
  { path: "/parent-links", component: () => import("./people/ParentLinksPage.vue") },
  { path: "/plans", component: () => import("./plans/PlansPage.vue") },
  { path: "/plans/:name", component: () => import("./plans/PlanPage.vue"), props: true },
  { path: "/subscriptions", component: () => import("./plans/SubscriptionsPage.vue") },
  { path: "/calendar", component: () => import("./calendar/CalendarPage.vue") },
  { path: "/calendar/hours", component: () => import("./calendar/HoursPage.vue") },
  { path: "/calendar/proposals", component: () => import("./calendar/ProposalsPage.vue") },
  { path: "/settings", component: () => import("./settings/SettingsPage.vue") },
  { path: "/audit", component: () => import("./audit/AuditPage.vue") },
  { path: "/health", component: () => import("./health/HealthPage.vue") },
  ...bankRoutes,
  ...templateRoutes,
  ...accountRoutes,
];
