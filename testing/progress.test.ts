import { expect, test } from "vitest";
import type { TestSpecification } from "vitest/node";
import Progress from "./progress.ts";

const end = (path: string, ok = true) => ({ relativeModuleId: path, ok: () => ok });

test("a run tells now and then how far it is, and at once of a failed file", () => {
  const lines: string[] = [];
  let seconds = 0;
  const progress = new Progress({ say: (line) => lines.push(line), now: () => seconds * 1000 });
  progress.onTestRunStart(Array<TestSpecification>(5));
  for (const [at, module] of [
    [1, end("a")],
    [6, end("b")],
    [7, end("c", false)],
    [8, end("d")],
    [9, end("e")],
  ] as const) {
    seconds = at;
    progress.onTestModuleEnd(module);
  }
  expect(lines).toEqual([
    "2 of 5 test files after 6 s",
    "3 of 5 test files after 7 s, 1 failed: c failed",
    "5 of 5 test files after 9 s, 1 failed",
  ]);
});
