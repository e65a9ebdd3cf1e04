// The student's page without a network. The build writes the revision and the files. A newer worker waits until no
// page is open: nothing is swapped while an exam is sat.
const CACHE = "mathvidya-__REVISION__";
const FILES = __FILES__;
const PATIENCE_MS = 4_000;

// Of each font one form is enough; every browser with a worker reads it.
const WANTED = FILES.filter((name) => !/\.(woff|ttf)$/.test(name));

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(WANTED)));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("mathvidya-") && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

// Only pages and files of ours; what the API or the store says is never kept.
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname.startsWith("/student/")) event.respondWith(page(event.request));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(event.request));
});

/** The page as the house has it now; as it is kept here, where the house is silent, slow or unwell. */
async function page(request) {
  const kept = await caches.match("/student/");
  if (kept === undefined) return fetch(request);
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => kept);
  return answer.status >= 500 ? kept : answer;
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
