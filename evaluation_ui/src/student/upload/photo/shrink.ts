/** Hands files to the worker, one answer for each. */
import type { Prepared } from "../queue/item";
import type { Shrunk } from "./shrink.worker";

export class Shrinker {
  private worker: Worker | null = null;
  private asked = 0;

  async prepare(file: Blob): Promise<Prepared> {
    const { bytes, mediaType, sha256, blurred, dark } = await this.ask(file);
    return { bytes, mediaType, sha256, advice: { blurred, dark } };
  }

  close(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private ask(file: Blob): Promise<Shrunk> {
    const worker = (this.worker ??= new Worker(new URL("./shrink.worker.ts", import.meta.url), { type: "module" }));
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      const heard = (event: MessageEvent<{ id: number; shrunk: Shrunk }>): void => {
        if (event.data.id !== id) return;
        worker.removeEventListener("message", heard);
        resolve(event.data.shrunk);
      };
      worker.addEventListener("message", heard);
      worker.addEventListener("error", () => reject(new Error("the photograph could not be opened")), { once: true });
      worker.postMessage({ id, file });
    });
  }
}
