import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildMadvise, madvise } from "../model/scenarios/madvise/index.ts";
import { judge } from "../testing/judge.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../testing/kernel-source.ts";
import { defects } from "../testing/madvise-defects.ts";
import { instrument } from "./instrument.ts";
import { findProperty, properties } from "./library.ts";
import type { Property } from "./property.ts";

const SOUND = "reclaim-2026";

describe("one call removed, added or moved in a sound function", () => {
  test.each(defects)("is seen by $property: $message", ({ property, edit, message }) => {
    const { properties: results } = judge(buildMadvise({ version: SOUND, parameters: {} }, edit), [property]);
    expect(results).toMatchObject([{ property, verdict: "violated" }]);
    expect(results[0]?.message).toContain(message);
  });

  test("leaves no property out, and unedited each of them is evaluated and holds", () => {
    const named = properties.filter(judgesMadvise).map(({ name }) => name);
    expect(new Set(defects.map(({ property }) => property))).toEqual(new Set(named));
    const { verdicts, unevaluated } = judge(buildMadvise({ version: SOUND, parameters: {} }), named);
    expect(verdicts).toEqual(Object.fromEntries(named.map((each) => [each, "holds"])));
    expect(unevaluated).toEqual([]);
  });
});

/** What no scenario of one task can show has a scenario of its own. */
const judgesMadvise = ({ name }: Property): boolean => name !== "no-stale-translation";

test("the scenario is judged by every property but one", () => {
  const named = properties.filter(judgesMadvise).map(({ name }) => name);
  expect([...madvise.properties].sort()).toEqual(named.sort());
});

test("a split is judged whatever comes of it, early failure too", () => {
  const { model, observe } = buildMadvise({ version: SOUND, parameters: {} });
  const { programs } = instrument(model, observe, [findProperty("no-sleep-in-atomic")]);
  const splits = programs[0]?.transitions.filter(({ label }) => label.startsWith("err = split_folio")) ?? [];
  expect(splits.map(({ label }) => label)).toContain("err = split_folio(folio); -> fails early");
  expect(splits.filter(({ assertions = [] }) => assertions.length === 0)).toEqual([]);
});

test("an unknown property is refused with the valid ones", () => {
  expect(() => findProperty("ptl-hold")).toThrow("(valid: ptl-held, pte-mapped,");
});

const tree = kernelSource();

test.skipIf(!tree)(`the kernel function that a property cites is there (${KERNEL_SOURCE_MISSING})`, () => {
  const wrong = properties.filter(({ kernel }) => {
    const [file = "", name = ""] = kernel.split(": ");
    return !new RegExp(`\\b${name}\\b`).test(readFileSync(join(tree ?? "", file), "utf8"));
  });
  expect(wrong.map(({ name, kernel }) => `${name}: ${kernel}`)).toEqual([]);
});
