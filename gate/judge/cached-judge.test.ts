import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CheckResult, checkSource } from "../../functions/check.ts";
import { type CallEffect, effectOf } from "../../model/c/knowledge/index.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import { openStore } from "../../tree/cache/store.ts";
import { makeTree } from "../../tree/testing/tree.ts";
import { untouchedImage } from "../apply/image.ts";
import { cachedJudge, readReport, writeReport } from "./cached-judge.ts";
import type { Judge } from "./judge.ts";

const TEXT =
  "void box_add(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tif (box->n)\n\t\treturn;\n\tspin_unlock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n";
const FUNCTIONS = ["box_add"];
const check: Judge = ({ file, text }, functions) =>
  checkSource({ file, text }, { functions, audit: true, keepExits: true });

/** The report with its ways out told, so that two can be compared. */
function told(report: CheckResult) {
  const exits = [...(report.exits ?? [])].map(([name, states]) => [
    name,
    states.map((state) => ({ ...state, finding: state.finding() })),
  ]);
  return { ...report, exits, effects: [...(report.effects ?? [])] };
}

test("a report reads back as it was: findings, effects and ways out", async () => {
  const report = await check(untouchedImage("a.c", TEXT), FUNCTIONS);
  expect(report.findings).not.toEqual([]);
  expect(report.effects?.get("box_add")).toBeDefined();
  expect(report.exits?.get("box_add")).not.toEqual([]);
  expect(told(readReport(writeReport(report)))).toEqual(told(report));
});

describe("a judge that remembers", () => {
  function counting() {
    const root = makeTree({});
    let calls = 0;
    const judge: Judge = (...args) => {
      calls++;
      return check(...args);
    };
    const ask = async (
      text = TEXT,
      functions = FUNCTIONS,
      known?: Map<string, CallEffect>,
      configuration = "",
    ) => {
      const before = calls;
      const image = untouchedImage("a.c", text);
      const report = await cachedJudge(judge, openStore(root), configuration)(image, functions, known);
      return { asked: calls > before, report };
    };
    return { root, ask };
  }

  test("judges a text once", async () => {
    const { ask } = counting();
    const first = await ask();
    const again = await ask();
    expect([first.asked, again.asked]).toEqual([true, false]);
    expect(told(again.report)).toEqual(told(first.report));
  });

  test("judges again what differs in anything that matters", async () => {
    const { ask } = counting();
    const row = findPrimitive("spin_lock");
    const known = new Map(row ? [["box_lock", effectOf(row)] as const] : []);
    await ask();
    expect((await ask(TEXT.replace("box->n", "box->m"))).asked).toBe(true);
    expect((await ask(TEXT, ["box_add", "other"])).asked).toBe(true);
    expect((await ask(TEXT, FUNCTIONS, known)).asked).toBe(true);
    expect((await ask(TEXT, FUNCTIONS, new Map())).asked).toBe(true);
    expect((await ask(TEXT, FUNCTIONS, undefined, "kernel 6.1")).asked).toBe(true);
  });

  test("believes no damaged entry", async () => {
    const { root, ask } = counting();
    const first = await ask();
    const names = readdirSync(root, { recursive: true, encoding: "utf8" });
    const files = names.map((name) => join(root, name)).filter((path) => statSync(path).isFile());
    for (const file of files) writeFileSync(file, '{"findings":[]}');
    const again = await ask();
    expect([files.length, again.asked]).toEqual([1, true]);
    expect(told(again.report)).toEqual(told(first.report));
  });
});
