import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { createApp, defineComponent, h, type Component } from "vue";
import { createRouter, createWebHistory, RouterView, type RouteRecordRaw } from "vue-router";
import AppShell, { type Place } from "@/components/AppShell.vue";
import ForbiddenState from "@/components/ForbiddenState.vue";
import NotFoundState from "@/components/NotFoundState.vue";
import OfflineState from "@/components/OfflineState.vue";
import { applyTheme } from "./theme";
import type { Person } from "./access";
import { Problem, Unreachable } from "./problem";
import { recognise } from "./session";
import { addTexts, locale, type Catalogues } from "./texts";
import { noticesRoutes } from "@/notices/routes";
import { common } from "@/texts/common";

interface House {
  role: Person["role"];
  routes: RouteRecordRaw[];
  places: Place[];
  texts: Catalogues[];
  /** Whether the page may open without a network, with what this device keeps: a sitting may. */
  opensOffline?: boolean;
}

const PATIENCE = 2;

/** Open a role's page: recognise who is here, or send them to sign in and back. */
export async function openHouse(house: House): Promise<void> {
  addTexts(common, ...house.texts);
  document.documentElement.lang = locale.value;
  applyTheme();
  const here = await arrived(house);
  if (here === "nobody") return location.replace(`/?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (here === "offline") return show(OfflineState);
  if (here === "other") return show(ForbiddenState);
  const router = createRouter({
    history: createWebHistory(`/${house.role}/`),
    routes: [...house.routes, ...noticesRoutes, { path: "/:rest(.*)*", component: NotFoundState }],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  const shell = defineComponent({ render: () => h(AppShell, { places: house.places }, () => h(RouterView)) });
  createApp(shell)
    .use(router)
    .use(VueQueryPlugin, { queryClient: patientQueries() })
    .mount("#house");
}

async function arrived(house: House): Promise<"here" | "nobody" | "offline" | "other"> {
  try {
    const found = await recognise();
    if (found === null) return "nobody";
    return found.role === house.role ? "here" : "other";
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return house.opensOffline ? "here" : "offline";
  }
}

function show(component: Component): void {
  createApp(defineComponent({ render: () => h("main", { class: "alone" }, h(component)) })).mount("#house");
}

/** A refusal is an answer and is not asked for again; a silent house is, twice. */
function patientQueries(): QueryClient {
  const retry = (failures: number, error: Error): boolean => !(error instanceof Problem && error.status < 500) && failures < PATIENCE;
  return new QueryClient({ defaultOptions: { queries: { retry, staleTime: 15_000, networkMode: "always" }, mutations: { networkMode: "always" } } });
}

