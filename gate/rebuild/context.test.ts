import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkSource } from "../../functions/check.ts";
import type { Finding } from "../../functions/finding.ts";
import { fixtureFiles, readFixture } from "../../functions/testing/expectation.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { functionRanges } from "../../model/c/source/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { diffsOf } from "../../tree/testing/tree.ts";
import { pairFromHunks } from "../apply/image-pair.ts";
import { parseDiff } from "../diff/parse.ts";
import { toLines } from "../intake/quote.ts";
import { judgeWith } from "../judge/judge.ts";
import { placeFinding } from "../judge/place.ts";

const FILE = "mm/part.c";
/** So far apart that hunks with little context leave gaps, and that each run cuts elsewhere. */
const STRIDE = 9;

interface Shown {
  readonly findings: readonly Finding[];
  /** The lines of the file that the diff shows. */
  readonly lines: ReadonlySet<number>;
}

/** Diffs that touch every ninth line of a text, each with so much context. */
function diffsTouching(text: string, contexts: readonly number[], offset: number): readonly string[] {
  const touch = (line: string, at: number) => (at % STRIDE === offset ? `${line} /* before */` : line);
  const before = text.split("\n").map(touch).join("\n");
  const options = contexts.map((context) => [`-U${context}`]);
  return diffsOf({ [FILE]: before }, { [FILE]: text }, options);
}

/** What a diff shows of a text. */
async function judgeShown(text: string): Promise<Shown> {
  const diff = parseDiff(toLines(text));
  const [file] = diff.files;
  const image = file && pairFromHunks(file, diff.collapsed).after;
  if (!image) throw new Error("the diff shows nothing");
  const { findings } = await judgeWith(tableKnowledge)(
    image,
    functionRanges(image.text).map(({ name }) => name),
  );
  return {
    findings: findings.map((each) => placeFinding(each, image)),
    lines: new Set(file.hunks.flatMap(({ lines }) => lines.flatMap(({ newLine }) => newLine ?? []))),
  };
}

const about = ({ line, rule, function: name }: Finding): string => `${line}: ${rule} in ${name}`;
/** A cut may show a mistake's consequence alone. */
const kind = ({ rule, function: name }: Finding): string => `${rule} in ${name}`;

/** Whether all of a function is shown up to where the path to a finding leads at most, and all that it calls. */
function shows({ lines }: Shown, finding: Finding, text: string): boolean {
  const source = text.split("\n");
  const ranges = functionRanges(text);
  const head = ranges.find(({ name }) => name === finding.function)?.from ?? 0;
  const first = source.findIndex((line, at) => at >= head - 1 && line.startsWith("{")) + 1;
  const named = Math.max(finding.line, ...finding.path.map(({ line }) => line));
  // What leaves a scope is told at its last statement, and happens at its brace.
  const last = source[named]?.trim() === "}" ? named + 1 : named;
  const body = source.slice(first, last).join("\n");
  const called = ranges.filter(({ name }) => body.includes(`${name}(`));
  const needed = [{ from: first, to: last }, ...called].flatMap(linesOf);
  return needed.every((line) => lines.has(line));
}

const linesOf = ({ from, to }: { from: number; to: number }): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

const DEFINED = /^#\s*define\s+(\w+)|^DEFINE_(?:LOCK_)?GUARD(?:_\d)?\((\w+)/gm;

const BOTH = /__releases\(.*__acquires\(|__acquires\(.*__releases\(/;

/** Functions that mean what a line outside of functions says, or their end: hunks may not show that. */
function byDefinition(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(DEFINED)].map(([, macro, guard]) => macro ?? guard ?? "");
  const isUsed = (body: string) =>
    BOTH.test(body) || names.some((name) => new RegExp(`\\b${name}\\b`).test(body));
  return new Set(functionRanges(text).flatMap(({ name, ...range }) => (isUsed(range.text) ? [name] : [])));
}

async function compare(text: string, contexts: readonly number[], offset: number) {
  const whole = (await checkSource({ file: FILE, text }, { partial: true })).findings;
  const known = new Set(whole.map(kind));
  const apart = byDefinition(text);
  const findable = whole.filter((each) => !apart.has(each.function)).length;
  const [extra, missed]: [string[], string[]] = [[], []];
  let shown = 0;
  for (const [at, diff] of diffsTouching(text, contexts, offset).entries()) {
    const context = contexts[at];
    const seen = await judgeShown(diff);
    const found = new Set(seen.findings.map(about));
    const due = whole.filter((each) => !apart.has(each.function) && shows(seen, each, text)).map(about);
    const others = seen.findings.filter((each) => !apart.has(each.function));
    const unknown = others.filter((each) => !known.has(kind(each))).map(about);
    extra.push(...unknown.map((each) => `-U${context}: ${each}`));
    missed.push(...due.filter((each) => !found.has(each)).map((each) => `-U${context}: ${each}`));
    shown += due.length;
  }
  return { extra, missed, shown, findable };
}

/** From 4 on the hunks touch each other, and more context only shows more of the end; 8 shows all. */
const ALL = [0, 1, 2, 3, 4, 8];

test.each(fixtureFiles)("%s, cut into diffs, is found guilty of nothing new", async (file) => {
  const { extra, missed, shown, findable } = await compare(readFixture(file), ALL, 4);
  expect({ extra, missed }).toEqual({ extra: [], missed: [] });
  // Audit findings are nothing that hunks alone could show.
  expect(shown > 0).toBe(findable > 0);
});

describe("functions of the kernel, cut into diffs", () => {
  const root = kernelSource();
  const files = ["madvise.c", "mincore.c", "mlock.c", "swap.c", "rmap.c"];

  test.skipIf(root === undefined)("the kernel source is there", () => {
    expect(root, KERNEL_SOURCE_MISSING).toBeDefined();
  });

  test.runIf(root).each(files)("mm/%s", async (file) => {
    const text = readFileSync(join(root ?? "", "mm", file), "utf8");
    const { extra } = await compare(text, [0, 1, 3, 10], 2);
    expect(extra).toEqual([]);
  });
});
