import { describe, expect, it } from "vitest";
import { draftOf, GROUPS, grouped, kindOf, valueOf } from "@/admin/settings/kinds";
import en from "@/texts/en/admin.json";

const VALUES: [string, unknown][] = [
  ["teacher_daily_cap", 20],
  ["exam_grace_period_minutes", 0],
  ["notifications_enabled", false],
  ["evaluation_ui_stamps", ["tick", "half"]],
  ["notification_email_from", "marks@mathvidya.example"],
  ["cbse_units_class_x", { Algebra: 50, Geometry: 30 }],
  ["a_setting_of_tomorrow", { deep: [1, null] }],
];

describe("a setting", () => {
  it.each(VALUES)("%s comes back from its form as it was", (key, value) => {
    const kind = kindOf(key);
    expect(valueOf(kind, draftOf(kind, value))).toEqual({ value });
  });

  it.each(["", "0", "101", "1.5", "-3", "1e1", "many"])("of whole numbers refuses %j", (draft) => {
    expect(valueOf(kindOf("teacher_daily_cap"), draft)).toEqual({ wrong: "admin.setting.wrong.whole", values: { least: 1, most: 100 } });
  });

  it("of unit marks refuses another sum than the board's, and says which", () => {
    expect(valueOf(kindOf("cbse_units_class_x"), { Algebra: "50", Geometry: "29" })).toEqual({ wrong: "admin.setting.wrong.units", values: { sum: 79 } });
    expect(valueOf(kindOf("cbse_units_class_x"), { Algebra: "80.5", Geometry: "-0.5" })).toHaveProperty("wrong");
  });

  it("refuses an empty choice, an empty text and broken JSON", () => {
    expect(valueOf(kindOf("evaluation_ui_stamps"), [])).toHaveProperty("wrong");
    expect(valueOf(kindOf("aws_s3_region"), "  ")).toHaveProperty("wrong");
    expect(valueOf(kindOf("a_setting_of_tomorrow"), "{")).toHaveProperty("wrong");
  });
});

describe("the groups of settings", () => {
  it("hold each setting once, and what is new in a group of its own", () => {
    const items = [...Object.values(GROUPS).flat(), "a_setting_of_tomorrow"].map((key) => ({ key }));
    const groups = grouped(items);
    expect(groups.flatMap((group) => group.items)).toHaveLength(items.length);
    expect(groups.at(-1)).toEqual({ name: "other", items: [{ key: "a_setting_of_tomorrow" }] });
  });

  it("have words for each setting, its meaning and its unit", () => {
    const words = new Set(Object.keys(en));
    for (const key of Object.values(GROUPS).flat()) {
      const kind = kindOf(key);
      const wanted = [`admin.setting.${key}`, `admin.setting.${key}.means`, ...(kind.form === "whole" ? [`admin.setting.unit.${kind.unit}`] : [])];
      for (const text of wanted) expect(words, text).toContain(text);
    }
  });
});
