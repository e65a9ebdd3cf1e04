import { describe, expect, it } from "vitest";

type Texts = Record<string, string>;
const files = import.meta.glob<Texts>("../src/texts/{en,hi}/*.json", { eager: true, import: "default" });
const areas = [...new Set(Object.keys(files).map((path) => path.split("/").pop() ?? ""))];
const of = (language: string, area: string): Texts => files[`../src/texts/${language}/${area}`] ?? {};
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();

describe.each(areas)("the texts of %s", (area) => {
  const [en, hi] = [of("en", area), of("hi", area)];

  it("have the same keys in both languages", () => {
    expect(Object.keys(hi).sort()).toEqual(Object.keys(en).sort());
  });

  it("have the same placeholders in both languages", () => {
    for (const key of Object.keys(en)) expect(placeholders(hi[key] ?? ""), key).toEqual(placeholders(en[key] ?? ""));
  });

  it("say something in each", () => {
    for (const text of [...Object.values(en), ...Object.values(hi)]) expect(text.trim()).not.toBe("");
  });
});
