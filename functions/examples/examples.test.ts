import { describe, expect, test } from "vitest";
import { checkSource } from "../check.ts";
import { ruleIds } from "../rule-ids.ts";
import { exampleOf } from "./index.ts";

const found = async (text: string) => {
  const { findings } = await checkSource({ file: "box.c", text }, { audit: true });
  return [...new Set(findings.map(({ rule }) => rule))];
};

describe.each(ruleIds)("%s", (rule) => {
  test("is broken by its example alone, and by nothing once that is mended", async () => {
    const { bad = "", good = "" } = exampleOf(rule) ?? {};
    expect({ bad: await found(bad), good: await found(good) }).toEqual({ bad: [rule], good: [] });
  });
});

test("what is no rule has no example", () => expect(exampleOf("constructor")).toBeUndefined());
