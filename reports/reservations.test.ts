import { describe, expect, test } from "vitest";
import { gate } from "../gate/gate.ts";
import { readMails } from "../gate/intake/mails.ts";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { loadFormat } from "./index.ts";
import { patchwork } from "./patchwork.ts";
import { emptyResult, reported } from "./testing/change.ts";

describe("what is not modelled is named", async () => {
  const skipped = [{ file: "x.c", function: "huge", reason: "more than it may have" }];
  const { functions } = await emptyResult("holds-within-bound");
  const report = reported(await emptyResult("holds-within-bound", { functions: { ...functions, skipped } }));

  test.each(["text", "json", "sarif", "junit", "github", "kcidb"])("by %s", async (name) => {
    expect((await loadFormat("gate", name))(report, {})).toMatch(/huge[\s\S]*more than it may have/);
  });

  const series = async (total: number, ...bodies: readonly (readonly [string, string])[]) => {
    const mails = bodies.map(([before, after], at) => {
      const [old, fresh] = [before, after].map((each) => ({ "x.c": `void f(struct box *b)\n{\n${each}}\n` }));
      const subject = `[PATCH ${at + 1}/${total}] x`;
      return `From a@b Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: ${subject}\n\n${diffOf(old ?? {}, fresh ?? {})}\n`;
    });
    const [[first] = [""]] = bodies;
    const tree = directoryTree(makeTree({ "x.c": `void f(struct box *b)\n{\n${first}}\n` }));
    const result = await gate(await readMails("x", Buffer.from(mails.join(""))), { tree });
    return patchwork(reported(result), {})
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const [lock, unlock] = ["\tspin_lock(&b->lock);\n", "\tspin_unlock(&b->lock);\n"];
  const [clean, shaken] = [`${lock}${unlock}`, `${lock}\tshake(&b->lock);\n${unlock}`];

  test("by patchwork, at the patch that it is of", async () => {
    const [first, second] = await series(
      2,
      [clean, shaken],
      [shaken, shaken.replace(lock, `${lock}\tb->n++;\n`)],
    );
    expect(first).toMatchObject({
      state: "warning",
      description: expect.stringContaining("shake(&b->lock)"),
    });
    expect(second.description).not.toContain("shake");
  });

  test("by patchwork, at each patch, where a part of the series is missing", async () => {
    const counted = clean.replace(lock, `${lock}\tb->n++;\n`);
    const checks = await series(3, [clean, counted], [counted, shaken]);
    expect(checks.map(({ state }) => state)).toEqual(["warning", "warning"]);
    expect(checks[0].description).toContain("lacks part 3 of 3");
  });
});
