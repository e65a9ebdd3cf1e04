import { ref } from "vue";

export type Standing = "asking" | "mine" | "elsewhere";

const POLITE_MS = 500;
const PATIENT_MS = 1_500;

/** One tab at a time answers an exam: the one that holds the lock. Another can take the turn over. */
export class Turn {
  readonly standing = ref<Standing>("asking");
  private readonly name: string;
  private readonly channel: BroadcastChannel;
  private release: (() => void) | null = null;

  /** `finish` lets what is being written come to its end before the turn is given away. */
  constructor(examId: string, private readonly finish: () => Promise<unknown>) {
    this.name = `mathvidya-sitting-${examId}`;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = () => void this.giveAway();
  }

  /** Take the turn if nobody has it. A page that is just being left may hold it for a moment. */
  async ask(): Promise<void> {
    if (this.standing.value !== "mine" && !(await this.hold({ signal: AbortSignal.timeout(POLITE_MS) }))) this.standing.value = "elsewhere";
  }

  /** Ask the other tab for the turn; one that does not answer, asleep on a phone, loses it. */
  async take(): Promise<void> {
    this.channel.postMessage("give it to me");
    if (!(await this.hold({ signal: AbortSignal.timeout(PATIENT_MS) }))) await this.hold({ steal: true });
  }

  /** The page is left. */
  close(): void {
    this.channel.close();
    this.release?.();
  }

  private async giveAway(): Promise<void> {
    if (this.standing.value !== "mine") return;
    this.standing.value = "elsewhere";
    await this.finish().catch(() => undefined);
    this.release?.();
  }

  /** Whether the lock came; it is held until it is released, or another steals it. */
  private hold(options: LockOptions): Promise<boolean> {
    return new Promise((told) => {
      const held = async (): Promise<void> => {
        this.standing.value = "mine";
        told(true);
        await new Promise<void>((done) => (this.release = done));
      };
      navigator.locks.request(this.name, options, held).catch(() => {
        if (this.standing.value === "mine") this.standing.value = "elsewhere";
        told(false);
      });
    });
  }
}
