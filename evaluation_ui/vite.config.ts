import vue from "@vitejs/plugin-vue";
import { fileURLToPath, URL } from "node:url";
import { defineConfig } from "vitest/config";
import { compressed } from "./plugins/compressed.ts";
import { precache } from "./plugins/precache.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One page per role, so that a student never loads what only a teacher needs. */
const PAGES = ["sign-in", "student", "teacher", "parent", "admin", "gallery"];

export default defineConfig({
  root: here("."),
  base: "/",
  plugins: [vue(), precache(), compressed()],
  // No component here is written in Vue's older form, so that its half of the runtime stays at home.
  define: { __VUE_OPTIONS_API__: "false" },
  resolve: { alias: { "@": here("./src") } },
  build: {
    outDir: here("../mathvidya/browser/bundle"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Both of these would need 'unsafe-inline' or 'data:' in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(PAGES.map((page) => [page, here(`./${page}.html`)])),
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
