import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../cli/testing/temporary.ts";
import { gitDiffOf } from "../preserve/git-diff.ts";
import { batchesOf } from "./batch.ts";
import { differingFiles } from "./differing.ts";
import type { Finding, Report } from "./gated.ts";
import { readStable } from "./readings.ts";
import { merged, placesOf, summaryOf } from "./summary.ts";
import { versionsIn } from "./versions.ts";

function treeOf(files: Readonly<Record<string, string>>): string {
  const tree = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  return tree;
}

test("versions are put in order by their numbers, not by their letters", () => {
  const listed = ["6.12.9-1", "6.12.117-1~deb12u1", "6.12.117-1", "6.12.9-1"];
  const madison = listed
    .map((each) => ` linux-source-6.12 | ${each} | http://deb.example.org main amd64`)
    .join("\n");
  expect(versionsIn(`${madison}\n`)).toEqual(["6.12.9-1", "6.12.117-1~deb12u1", "6.12.117-1"]);
});

test("files that are new, gone or otherwise differ, but not those of programs", () => {
  const old = treeOf({
    "mm/a.c": "1",
    "mm/b.c": "same",
    "fs/gone.h": "1",
    "tools/t.c": "1",
    "mm/Kconfig": "1",
  });
  const latest = treeOf({
    "mm/a.c": "2",
    "mm/b.c": "same",
    "net/new.c": "1",
    "tools/t.c": "2",
    "mm/Kconfig": "2",
  });
  expect(differingFiles(old, latest)).toEqual(["fs/gone.h", "mm/a.c", "net/new.c"]);
  expect(differingFiles(old, latest, ["net", "fs"])).toEqual(["fs/gone.h", "net/new.c"]);
});

test("files of a folder stay together, small neighbours are joined, and a large folder is cut", () => {
  const files = [
    "init/a.c",
    "mm/a.c",
    "mm/kasan/b.c",
    "net/a.c",
    "net/b.c",
    "net/c.c",
    "net/x/d.c",
    "net/x/e.c",
  ];
  expect(batchesOf(files, 3)).toEqual([
    ["init/a.c", "mm/a.c", "mm/kasan/b.c"],
    ["net/a.c", "net/b.c", "net/c.c"],
    ["net/x/d.c", "net/x/e.c"],
  ]);
  expect(batchesOf(["a.c", "b.c", "c.c"], 2)).toEqual([["a.c", "b.c"], ["c.c"]]);
  expect(batchesOf([], 2)).toEqual([]);
});

test("a patch has files of one side alone, too", () => {
  const patch = gitDiffOf([
    { file: "mm/new.c", before: undefined, after: "int a;\n" },
    { file: "mm/gone.c", before: "int b;\n", after: undefined },
  ]);
  expect(patch).toContain("--- a/mm/gone.c\n+++ /dev/null");
  expect(patch).toContain("--- /dev/null\n+++ b/mm/new.c");
});

const finding = (name: string): Finding => ({
  ...{ file: "mm/a.c", id: `double-lock | ${name} | l | spin_lock(&l);`, digest: name, line: 3 },
  ...{ rule: "double-lock", confidence: "hard", function: name, message: "a lock is taken twice" },
});

const report = (made: Partial<Report>): Report => ({
  ...{ new: [], fixed: [], bounds: [], refused: [] },
  functions: { seen: 500, skipped: [], capped: [] },
  ...made,
});

test("what several parts say counts once, and what each of them touches counts", () => {
  const parts = [
    report({ new: [finding("f")], bounds: ["b"] }),
    report({ new: [finding("f")], bounds: ["b"] }),
  ];
  const whole = merged(parts);
  expect([whole.new.length, whole.bounds.length, whole.functions.seen]).toEqual([1, 1, 1000]);
});

test("a place of which two things are said is one place", () => {
  const skipped = [{ file: "mm/a.c", function: "g", reason: "too large" }];
  const functions = { seen: 1, skipped, capped: [] };
  const bounds = [
    "mm/a.c:1: f(): the effect of g() on locks is unknown",
    "mm/a.c:1: f(): g() is new here",
    "mm/a.c: h",
  ];
  expect(placesOf({ bounds, functions })).toEqual([bounds[0], bounds[2], "mm/a.c: g(): too large"]);
});

test("new findings are told with what was read of them, and rates are those of what is not genuine", () => {
  const read = (name: string, verdict: "genuine" | "contract") => ({
    ...{ file: "mm/a.c", id: finding(name).id, verdict, why: `Of ${name}.` },
  });
  const findings = [read("f", "genuine"), read("g", "contract"), read("gone", "genuine")];
  const bounds = ["mm/a.c:1: f(): the effect of g() on locks is unknown"];
  const made = report({ new: ["f", "g", "h"].map(finding), fixed: [finding("i")], bounds });
  const text = summaryOf({ files: 2, seconds: 9.7, report: made }, { old: "1", new: "2", findings }, true);
  expect(text.split("\n")).toEqual([
    "2 files, 500 changed lock-taking functions, 10 s",
    "new: 3 (3 hard): 1 genuine, 1 contract, 0 false, 1 not read",
    "not genuine: 4.00 per 1,000 functions",
    "fixed: 1",
    "places that cause exit 3: 1, 0.20 per 100 functions",
    "  unknown-calls: 1, 0.20 per 100",
    expect.stringMatching(/^genuine: mm\/a\.c:3: f\(\): a lock is taken twice \[double-lock, hard\]/),
    "    Of f.",
    expect.stringMatching(/^contract: mm\/a\.c:3: g\(\)/),
    "    Of g.",
    expect.stringMatching(/^not read: mm\/a\.c:3: h\(\)/),
    expect.stringMatching(/^lost: mm\/a\.c: double-lock \| gone/),
    expect.stringMatching(/^fixed: mm\/a\.c:3: i\(\)/),
    `exit 3: ${bounds[0]}`,
  ]);
});

test("docs/stable.json can be read, and says no finding twice", () => {
  const keys = readStable().findings.map(({ file, id }) => `${file}: ${id}`);
  expect(new Set(keys).size).toBe(keys.length);
});
