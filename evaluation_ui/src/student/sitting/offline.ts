/** Let the page open without a network from now on. Fetched while there is one; swapped only when no page is open. */
export async function prepareOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => undefined);
}

/** Ask the device not to clear what a sitting keeps when it runs out of room; it may say no. */
export async function keepThroughPressure(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
