import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import type { FileDiff } from "../diff/diff.ts";
import { parseDiff } from "../diff/parse.ts";
import { toLines } from "../intake/quote.ts";
import { applyAll } from "./apply.ts";

const BEFORE: Files = { "a.c": "one\n", "b.c": "two\n", "c.c": "three\n", "d.c": "four\n" };
const AFTER: Files = { "a.c": "1\n", "b.c": "2\n", "c.c": "3\n", "d.c": "4\n" };
const filesOf = (before: Files, after: Files) => parseDiff(toLines(diffOf(before, after))).files;
const textIn = (root: string, path: string) => readFileSync(join(root, path), "utf8");
const pathsOf = (failures: ReadonlyMap<FileDiff, string>) => [...failures.keys()].map(({ after }) => after);

test("all that applies is applied, and each that does not says why", () => {
  const root = makeTree({ ...BEFORE, "b.c": "other\n", "d.c": "other\n" });
  const { refused } = applyAll(root, filesOf(BEFORE, AFTER), false);
  expect(pathsOf(refused).sort()).toEqual(["b.c", "d.c"]);
  expect([...refused.values()].sort()).toEqual(["patch failed: b.c:1", "patch failed: d.c:1"]);
  expect(Object.keys(BEFORE).map((path) => textIn(root, path))).toEqual(["1\n", "other\n", "3\n", "other\n"]);
});

test("where git takes too long, nothing is applied, and no file is tried again", () => {
  const [root, programs] = [
    makeTree(BEFORE),
    makeTree({ git: '#!/bin/sh\necho >> "$0.runs"\nexec sleep 30\n' }),
  ];
  chmodSync(join(programs, "git"), 0o755);
  const files = filesOf(BEFORE, AFTER);
  vi.stubEnv("PATH", `${programs}:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { refused, undecided } = applyAll(root, files, false, 0.3);
  expect(new Set(undecided.values())).toEqual(new Set(["git apply took longer than 0.3 s"]));
  expect(pathsOf(undecided)).toEqual(Object.keys(BEFORE));
  expect(pathsOf(refused)).toEqual([]);
  expect(textIn(programs, "git.runs")).toBe("\n");
});

test("a diff that git cannot read does not hold up the others", () => {
  const root = makeTree(BEFORE);
  const [first, ...others] = filesOf(BEFORE, AFTER);
  if (!first) throw new Error("no file");
  const spoilt = { ...first, hunks: first.hunks.map((hunk) => ({ ...hunk, lines: [] })) };
  const { refused } = applyAll(root, [...others.slice(0, 1), spoilt, ...others.slice(1)], false);
  expect(pathsOf(refused)).toEqual(["a.c"]);
  expect(["a.c", "b.c", "c.c", "d.c"].map((path) => textIn(root, path))).toEqual([
    "one\n",
    "2\n",
    "3\n",
    "4\n",
  ]);
});

test("one patch may change files of different encodings", () => {
  const root = makeTree({});
  const edit = (name: string) => ({ [name]: "gr\u00fc\u00df\nold\n" });
  const renew = (name: string) => ({ [name]: "gr\u00fc\u00df\nnew\n" });
  const names = ["latin.c", "utf.c"];
  const before = Object.assign({}, ...names.map(edit));
  const files = filesOf(before, Object.assign({}, ...names.map(renew)));
  writeFileSync(join(root, "latin.c"), Buffer.from("gr\u00fc\u00df\nold\n", "latin1"));
  writeFileSync(join(root, "utf.c"), "gr\u00fc\u00df\nold\n");
  expect(pathsOf(applyAll(root, files, false).refused)).toEqual([]);
  expect(textIn(root, "utf.c")).toBe("gr\u00fc\u00df\nnew\n");
});
