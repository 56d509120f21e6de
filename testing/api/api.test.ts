import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as holdfast from "../../index.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "index.ts"), "utf8");

test("every part of the public API says since when it is there", () => {
  const parts = text.split(/^(?=\/\*\*)/m).filter((part) => part.includes("export "));
  expect(parts.length).toBeGreaterThan(8);
  expect(parts.filter((part) => !/@since \d+\.\d+\.\d+/.test(part))).toEqual([]);
});

test("a model written with the public API alone is searched, told and replayed", () => {
  const { bool, lower, modelSubject, not, renderText, replay, search, shared, step, traceOf } = holdfast;
  const light = shared("light", bool);
  const { program } = lower("turn", "light.c", [step("light = 1;", light.set(true))]);
  const model: holdfast.Model = {
    name: "light",
    sets: {},
    variables: [light.variable],
    programs: [program],
    tasks: [{ program: "turn", count: 1 }],
    invariants: [{ kind: "always", property: "dark", condition: not(light.value), message: "it is lit" }],
  };
  const [judged] = search(model).properties;
  const subject = modelSubject("light.ts", model);
  const trace = traceOf(subject, "dark", judged?.run ?? { initial: 0, moves: [] }, true);
  expect(renderText(trace)).toContain("dark is violated: it is lit");
  expect(replay(subject, trace)).toEqual({ violated: true, message: "it is lit" });
});
