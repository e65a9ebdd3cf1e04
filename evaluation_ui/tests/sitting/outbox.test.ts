import { describe, expect, it, vi } from "vitest";
import { Memory, outboxBetween, problem, Server } from "./stand-ins";

const choices = (server: Server): Record<number, string[]> => Object.fromEntries([...server.stored].map(([number, answer]) => [number, answer.choices]));

describe("the outbox of answers", () => {
  it("sends an answer at once and says saved only then", async () => {
    const [store, server] = [new Memory(), new Server()];
    const { outbox } = outboxBetween(store, server);
    const put = outbox.put(1, ["A"], false);
    expect(outbox.answers.get(1)).toMatchObject({ choices: ["A"], fate: "waiting" });
    await put;
    await outbox.flush();
    expect(outbox.answers.get(1)).toMatchObject({ fate: "saved", savedAt: "2026-11-25T07:00:00Z" });
    expect(store.kept.get(1)?.fate).toBe("saved");
  });

  it("is on the device when put has resolved, and the next page sends it", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.offline = true;
    const before = outboxBetween(store, server).outbox;
    for (const number of [1, 2, 3]) await before.put(number, ["B"], false);
    server.offline = false;
    const { outbox } = outboxBetween(store, server);
    await outbox.open();
    expect(outbox.waiting()).toHaveLength(3);
    await outbox.flush();
    expect(choices(server)).toEqual({ 1: ["B"], 2: ["B"], 3: ["B"] });
    expect(server.journeys).toEqual([[1, 2, 3]]);
  });

  it("lets the newest answer win, however quickly they follow", async () => {
    const [store, server] = [new Memory(), new Server()];
    const { outbox } = outboxBetween(store, server);
    await Promise.all(["A", "B", "C"].map((choice) => outbox.put(7, [choice], false)));
    await outbox.flush();
    expect(choices(server)).toEqual({ 7: ["C"] });
    expect(outbox.answers.get(7)).toMatchObject({ choices: ["C"], fate: "saved" });
    expect(store.kept.get(7)).toMatchObject({ choices: ["C"], fate: "saved" });
  });

  it("does not call a change saved by the acknowledgement of what it replaced", async () => {
    const [store, server] = [new Memory(), new Server()];
    const { outbox } = outboxBetween(store, server);
    let release = (): void => undefined;
    const send = server.send.bind(server);
    server.send = vi.fn(async (answers) => {
      if (answers[0]?.choices[0] === "A") await new Promise<void>((done) => (release = done));
      return send(answers);
    });
    await outbox.put(1, ["A"], false);
    await outbox.put(1, ["B"], false);
    expect(outbox.answers.get(1)).toMatchObject({ choices: ["B"], fate: "waiting" });
    release();
    await outbox.flush();
    expect(choices(server)).toEqual({ 1: ["B"] });
    expect(outbox.answers.get(1)).toMatchObject({ choices: ["B"], fate: "saved" });
  });

  it("sends again what was acknowledged out of hearing, and doubles nothing", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.losesReplies = true;
    const { outbox, pass } = outboxBetween(store, server);
    await outbox.put(4, ["D"], true);
    await outbox.flush();
    expect(outbox.answers.get(4)?.fate).toBe("waiting");
    server.losesReplies = false;
    await pass();
    expect(outbox.answers.get(4)?.fate).toBe("saved");
    expect(server.stored.size).toBe(1);
  });

  it("waits longer after each failure, up to half a minute, and not after being woken", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.offline = true;
    const { outbox, pass, calls } = outboxBetween(store, server);
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    await outbox.put(1, ["A"], false);
    await outbox.flush();
    const waits: number[] = [];
    for (let tries = 0; tries < 7; tries++) waits.push(await pass());
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await outbox.wake();
    expect(calls).toHaveLength(1);
    server.offline = false;
    await outbox.wake();
    expect([outbox.link.value, outbox.waiting()]).toEqual(["up", []]);
  });

  it("adopts what another device answered later, and tells", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.stored.set(2, { number: 2, choices: ["C"], marked: false, sequence: 9_999_999, savedAt: "2026-11-25T07:30:00Z" });
    const told: number[] = [];
    const { outbox } = outboxBetween(store, server, (number) => told.push(number));
    await outbox.put(2, ["A"], false);
    await outbox.flush();
    expect(outbox.answers.get(2)).toMatchObject({ choices: ["C"], fate: "saved" });
    expect(told).toEqual([2]);
  });

  it("merges what the server holds, and keeps what is newer here", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.offline = true;
    const { outbox } = outboxBetween(store, server);
    await outbox.put(1, ["A"], false);
    await outbox.merge([
      { number: 1, choices: ["B"], marked: false, sequence: 5, savedAt: "2026-11-25T06:00:00Z" },
      { number: 2, choices: ["D"], marked: true, sequence: 6, savedAt: "2026-11-25T06:00:00Z" },
    ]);
    expect(outbox.answers.get(1)).toMatchObject({ choices: ["A"], fate: "waiting" });
    expect(outbox.answers.get(2)).toMatchObject({ choices: ["D"], marked: true, fate: "saved" });
  });

  it("does not send again what is refused for good", async () => {
    const [store, server] = [new Memory(), new Server()];
    server.refusesNumber = 3;
    const { outbox } = outboxBetween(store, server);
    await outbox.put(3, ["A"], false);
    await outbox.put(4, ["A"], false);
    await outbox.flush();
    expect(outbox.answers.get(3)).toMatchObject({ fate: "refused", problem: "answer-after-time" });
    expect(outbox.waiting()).toEqual([]);
    expect(choices(server)).toEqual({ 4: ["A"] });
  });

  it.each([[401, "signed-out"], [503, "down"], [429, "down"]])("keeps everything when the server says %i", async (status, link) => {
    const [store, server] = [new Memory(), new Server()];
    server.refuses = problem(status, "no");
    const { outbox, pass } = outboxBetween(store, server);
    await outbox.put(1, ["A"], false);
    await outbox.flush();
    expect(outbox.link.value).toBe(link);
    server.refuses = null;
    await pass();
    expect(choices(server)).toEqual({ 1: ["A"] });
  });

  it("says when the device keeps nothing, and sends all the same", async () => {
    const [store, server] = [new Memory(), new Server()];
    store.broken = true;
    const { outbox } = outboxBetween(store, server);
    await outbox.open();
    await outbox.put(1, ["A"], false);
    await outbox.flush();
    expect(outbox.fragile.value).toBe(true);
    expect(outbox.answers.get(1)?.fate).toBe("saved");
  });
});
