import { api, ask, idempotent } from "@/base/api";
import { Unreachable } from "@/base/problem";
import type { Evaluation } from "./script";

const MINUTE_MS = 60_000;

/** The hold on a script: a token that goes with everything that is done to it, kept alive while the page is open. */
export class Lease {
  private taken: Promise<number>;
  private wasUnheard = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly id: string,
    private readonly lost: (error: unknown) => void,
  ) {
    this.taken = this.take();
  }

  /** The token, once the script is in hand. Throws what the claim was answered. */
  get token(): Promise<number> {
    if (this.wasUnheard) this.taken = this.take();
    return this.taken;
  }

  /** Take the script up again: the token of any other window is void then. */
  async again(): Promise<void> {
    this.taken = this.take();
    await this.taken;
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** A claim that the house did not hear is made again when the token is next wanted. */
  private async take(): Promise<number> {
    this.wasUnheard = false;
    try {
      return await this.claimed();
    } catch (error) {
      this.wasUnheard = error instanceof Unreachable;
      throw error;
    }
  }

  private async claimed(): Promise<number> {
    const path = { evaluation_id: this.id };
    const claimed = await ask(
      api.POST("/api/v1/evaluations/{evaluation_id}/claim", { params: { path }, headers: idempotent() }),
    );
    const token = claimed.lease_token;
    if ((claimed.evaluation as Evaluation).state === "assigned") {
      await ask(api.POST("/api/v1/evaluations/{evaluation_id}/begin", { params: { path }, body: { lease_token: token } }));
    }
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.renew(token), (claimed.lease_minutes * MINUTE_MS) / 3);
    return token;
  }

  /** Only a page that somebody looks at keeps its script from others. */
  private async renew(token: number): Promise<void> {
    if (document.visibilityState === "hidden") return;
    const path = { evaluation_id: this.id };
    await ask(
      api.POST("/api/v1/evaluations/{evaluation_id}/renew", { params: { path }, body: { lease_token: token } }),
    ).catch(this.lost);
  }
}
