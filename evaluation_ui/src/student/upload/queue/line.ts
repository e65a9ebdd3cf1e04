/** The line in which pages wait: one is carried at a time, in the order they were taken. */
import { carry, type Carrier } from "./carry";
import { hopeful, inOrder, isOpen, tryAgain, type Item } from "./item";
import type { Store } from "./store";

export interface LineOptions {
  readonly store: Store;
  readonly carrier: Carrier;
  /** Told after every change, with everything in the line. */
  readonly onChange: (items: readonly Item[]) => void;
  /** Told when the server has taken a page. */
  readonly onConfirmed: (item: Item) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  /** Runs the work while no other tab of this browser does: two would send the same page side by side. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
}

export class Line {
  private items = new Map<string, Item>();
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(private readonly options: LineOptions) {}

  /** Read what the phone kept, and go on where it stopped. */
  async restore(): Promise<void> {
    await this.read();
    void this.run();
  }

  async add(item: Item): Promise<void> {
    await this.change(item);
    void this.run();
  }

  /** The network is back, or the page is looked at again: nothing waits out its pause. */
  async wake(): Promise<void> {
    for (const item of [...this.items.values()].filter(isOpen)) await this.change(hopeful(item));
    void this.run();
  }

  async retry(id: string): Promise<void> {
    const item = this.items.get(id);
    if (!item) return;
    await this.change(tryAgain(item));
    void this.run();
  }

  async drop(id: string): Promise<void> {
    this.items.delete(id);
    await this.options.store.drop(id);
    this.tell();
  }

  stop(): void {
    this.stopped = true;
  }

  /** Resolves when nothing is left that could be carried. */
  run(): Promise<void> {
    this.again = this.running !== null; // what came while the last page was leaving is not forgotten
    this.running ??= this.options.alone(() => this.carryAll()).finally(() => this.rest());
    return this.running;
  }

  private rest(): void {
    this.running = null;
    if (this.again) void this.run();
  }

  private async carryAll(): Promise<void> {
    await this.read(); // another tab may have carried some of them meanwhile
    for (let next = this.next(); next && !this.stopped; next = this.next()) {
      const pause = next.notBefore - this.options.carrier.now();
      if (pause > 0) await this.options.wait(Math.min(pause, 1_000));
      else await this.step(next);
    }
  }

  private async step(item: Item): Promise<void> {
    const moved = await carry(item, this.options.carrier);
    if (!this.items.has(item.id)) return; // taken out while it was on its way
    if (moved.stage !== "confirmed") return this.change(moved);
    await this.options.onConfirmed(moved);
    await this.drop(moved.id);
  }

  private next(): Item | undefined {
    return inOrder([...this.items.values()])[0];
  }

  private async change(item: Item): Promise<void> {
    this.items.set(item.id, item);
    await this.options.store.keep(item);
    this.tell();
  }

  private async read(): Promise<void> {
    this.items = new Map((await this.options.store.all()).map((item) => [item.id, item]));
    this.tell();
  }

  private tell(): void {
    this.options.onChange([...this.items.values()].sort((a, b) => a.addedAt - b.addedAt));
  }
}
