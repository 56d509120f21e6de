import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { replay } from "../replay.ts";
import { scenarioSubject } from "../subject.ts";
import { smallestTrace } from "../testing/cell.ts";
import { readTrace } from "../trace/read.ts";

/** The bugs that the function had, in the order of its history, each in the last version that had it. */
const BUGS: Readonly<Record<string, readonly [version: string, property: string]>> = {
  "failed-split-ends-the-walk": ["base", "failed-split-continues"],
  "walk-goes-on-unlocked": ["v5", "ptl-held"],
  "lazy-mmu-not-entered-again": ["reply-literal", "lazy-mmu-balanced"],
  "no-flush-after-relock": ["v7", "tlb-flushed-after-relock"],
  "restart-leaks-isolated-folios": ["flush-2025", "isolated-folios-reclaimed"],
};

const path = (name: string): string => join(import.meta.dirname, `${name}.trace.json`);

const kept = (name: string) => readTrace(readFileSync(path(name), "utf8"), name);

test("the corpus has one trace per bug and no other", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".trace.json"));
  expect(files.map((file) => basename(file, ".trace.json")).sort()).toEqual(Object.keys(BUGS).sort());
});

describe.each(Object.entries(BUGS))("%s", (name, [version, property]) => {
  test("replays without a search, and violates its property still", () => {
    const trace = kept(name);
    expect(trace).toMatchObject({ property, model: { scenario: "madvise", version } });
    const subject = scenarioSubject(madvise, { version, parameters: trace.model.parameters }, properties);
    expect(replay(subject, trace)).toEqual({ violated: true, message: trace.message });
  });

  test("is as short as can be: what a search finds today", async () => {
    const found = smallestTrace(version, property).trace;
    // Which release wrote it down first does not matter.
    const trace = existsSync(path(name)) ? { ...found, tool: kept(name).tool } : found;
    await expect(`${JSON.stringify(trace, null, 2)}\n`).toMatchFileSnapshot(path(name));
  });
});
