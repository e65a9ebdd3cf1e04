import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const WORKER = fileURLToPath(new URL("../src/student/service-worker.js", import.meta.url));

/** Writes the student's service worker with the list of files that a sitting needs without a network. */
export function precache(): Plugin {
  return {
    name: "precache",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = needed(bundle, "student.html");
      const revision = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
      const source = readFileSync(WORKER, "utf8")
        .replace("__REVISION__", revision)
        .replace("__FILES__", JSON.stringify(["/student/", ...files], null, 2));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

/** Everything that the page can load: its chunk, what that imports, at once or later, and their styles and fonts. */
function needed(bundle: Rolldown.OutputBundle, page: string): string[] {
  const seen = new Set<string>();
  const waiting = Object.values(bundle)
    .filter((item) => item.type === "chunk" && item.isEntry && item.facadeModuleId?.endsWith(`/${page}`))
    .map((item) => item.fileName);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const item = bundle[name];
    if (seen.has(name) || item === undefined) continue;
    seen.add(name);
    if (item.type !== "chunk") continue;
    const assets = [...(item.viteMetadata?.importedCss ?? []), ...(item.viteMetadata?.importedAssets ?? [])];
    waiting.push(...item.imports, ...item.dynamicImports, ...assets);
  }
  return [...seen].sort().map((name) => `/${name}`);
}
