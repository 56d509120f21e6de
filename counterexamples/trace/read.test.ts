import { expect, test } from "vitest";
import { readTrace } from "./read.ts";

const reading = (text: string) => () => readTrace(text, "t.json");

test("text that is no JSON is refused with its place", () => {
  expect(reading("MIT Licence\n")).toThrow("t.json is not JSON: unexpected text at line 1, column 1");
  expect(reading('{\n  "schema": nope')).toThrow("unexpected text at line 2, column 14");
  expect(reading('{ "a": 1 } }')).toThrow("unexpected text at line 1, column 12");
});

test("a truncated file is told from a wrong one", () => {
  const whole = JSON.stringify({ schema: "holdfast-trace", steps: [1, -2.5e3, true, null, "text"] }, null, 1);
  for (let length = 0; length < whole.length; length++) {
    expect(reading(whole.slice(0, length))).toThrow("it ends too early");
  }
});

test("JSON that is no trace is refused with the first place that is wrong", () => {
  expect(reading("[]")).toThrow("t.json is not a holdfast trace");
  const trace = {
    ...{ schema: "holdfast-trace", schemaVersion: 1, tool: "0", property: "p", verdict: "violated" },
    ...{ message: "", shortest: true, initial: 0, steps: [{ task: 0 }] },
    model: { scenario: "s", parameters: {}, digest: "0".repeat(64) },
  };
  expect(reading(JSON.stringify(trace))).toThrow(": steps[0].task: ");
  expect(reading(JSON.stringify({ ...trace, schemaVersion: 2 }))).toThrow(": schemaVersion: ");
  expect(readTrace(JSON.stringify({ ...trace, steps: [] }), "t.json")).toMatchObject({ property: "p" });
});
