import { describe, expect, it } from "vitest";
import { chipOf, type Standing } from "@/student/sitting/answers/chip";

const calm: Standing = { waiting: 0, refused: 0, lastSavedAt: null, online: true, link: "up", fragile: false };
const says = (change: Partial<Standing>): string => chipOf({ ...calm, ...change }).says;

describe("the chip", () => {
  it("says nothing before anything was answered", () => expect(says({})).toBe("nothing"));
  it("says saved with the time of the acknowledgement", () =>
    expect(chipOf({ ...calm, lastSavedAt: "2026-11-25T07:11:00Z" })).toMatchObject({ says: "saved", tone: "ok", time: "2026-11-25T07:11:00Z" }));
  it("never says saved while something waits", () => expect(chipOf({ ...calm, waiting: 3, lastSavedAt: "2026-11-25T07:11:00Z" })).toMatchObject({ says: "waiting", waiting: 3 }));
  it("says offline by the device's word, or by silence of the server", () => {
    expect(says({ online: false, waiting: 1 })).toBe("offline");
    expect(says({ link: "down", waiting: 1 })).toBe("offline");
    expect(says({ online: false })).toBe("offline-saved");
  });
  it("says when only signing in again helps", () => expect(says({ waiting: 1, link: "signed-out" })).toBe("signed-out"));
  it("says when the device keeps nothing", () => expect(says({ waiting: 1, fragile: true })).toBe("fragile"));
  it("says when something was refused", () => expect(says({ refused: 1, lastSavedAt: "2026-11-25T07:11:00Z" })).toBe("refused"));
});
