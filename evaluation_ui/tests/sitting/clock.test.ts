import { describe, expect, it } from "vitest";
import { believed, limitsOf, offsetFrom, phaseAt, spokenBetween } from "@/student/sitting/clock";

const MINUTE = 60_000;
const limits = { answeringEnds: 180 * MINUTE, acceptsUntil: 185 * MINUTE, uploadEnds: 215 * MINUTE };

describe("the sitting clock", () => {
  it.each([
    [0, "answering"],
    [180 * MINUTE - 1, "answering"],
    [180 * MINUTE, "grace"],
    [185 * MINUTE, "uploading"],
    [215 * MINUTE, "over"],
  ])("at %i ms it is %s", (now, phase) => expect(phaseAt(limits, now)).toBe(phase));

  it("has no upload window on a paper without written questions", () => {
    expect(phaseAt({ ...limits, uploadEnds: null }, 185 * MINUTE)).toBe("over");
  });

  it("reads the limits of a started exam, and none before", () => {
    const started = { answering_ends_at: "1970-01-01T03:00:00Z", accepts_until: "1970-01-01T03:05:00+00:00", upload_ends_at: "1970-01-01T09:05:00+05:30" };
    expect(limitsOf(started)).toEqual(limits);
    expect(limitsOf({ ...started, answering_ends_at: null })).toBeNull();
  });

  it("speaks at 30, 10, 5 and 1 minutes, each once, whatever the pace", () => {
    const end = 180 * MINUTE;
    const spoken: number[] = [];
    for (let now = 0; now < end; now += 700) spoken.push(...[spokenBetween(now, now + 700, end)].filter((minutes) => minutes !== null));
    expect(spoken).toEqual([30, 10, 5, 1]);
  });

  it("speaks the last mark after a sleep, and nothing once it is over", () => {
    const end = 180 * MINUTE;
    expect(spokenBetween(end - 40 * MINUTE, end - 4 * MINUTE, end)).toBe(5);
    expect(spokenBetween(end - 40 * MINUTE, end + 1, end)).toBeNull();
  });
});

describe("the server's time", () => {
  it("is taken from the middle of the journey, and is as sure as the journey was short", () => {
    expect(offsetFrom(50_000, 1_000, 1_400)).toEqual({ ms: 48_800, within: 200 });
  });

  it("is believed from the quicker of two answers that agree", () => {
    const quick = { ms: 1_000, within: 20 };
    expect(believed(quick, { ms: 1_300, within: 900 })).toBe(quick);
    expect(believed({ ms: 1_300, within: 900 }, quick)).toBe(quick);
  });

  it("is learnt anew when the device's clock was set in between", () => {
    const heard = { ms: 3_600_000, within: 300 };
    expect(believed({ ms: 0, within: 20 }, heard)).toBe(heard);
    expect(believed(null, heard)).toBe(heard);
  });
});
