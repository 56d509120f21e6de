import { expect, test } from "vitest";
import { checkSource } from "../../functions/check.ts";
import { reported } from "../testing/source.ts";
import { checkText } from "./check.ts";

const textOf = async (...body: readonly string[]) => {
  const text = ["int f(struct ring *r, int n)", "{", ...body, "}", ""].join("\n");
  return checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
};

test("a finding tells where its lock is taken, where its release is skipped, and where the rule is broken", async () => {
  const exit = ["\tmutex_lock(&r->mutex);", "\tif (n < 0)", "\t\treturn -EINVAL;"];
  const told = await textOf(...exit, "\tmutex_unlock(&r->mutex);", "\treturn 0;");
  expect(told.split("\n").slice(1, 4)).toEqual([
    "        3  mutex_lock(&r->mutex);   <- taken here",
    "        4  if (n < 0)   <- n < 0 is true; release skipped: other ways release it at line 6",
    "        5  return -EINVAL;   <- violated here: still held",
  ]);
});

test("the cases that a switch has not are told on one line", async () => {
  const cases = ["\tspin_lock(&r->lock);", "\tswitch (n) {", "\tcase 1:", "\tcase 2:", "\t\tbreak;"];
  const others = ["\tdefault:", "\t\treturn -EINVAL;", "\t}", "\tspin_unlock(&r->lock);", "\treturn 0;"];
  const told = await textOf(...cases, ...others);
  expect(told).toContain("switch (n) {   <- n == 1 is false, n == 2 is false; release skipped");
  expect(told.match(/switch/g)).toHaveLength(1);
});

test("no more than twenty lines tell a finding, the lock's story among them", async () => {
  const steps = Array.from({ length: 30 }, (_, at) => [`\tif (r->a${at})`, `\t\treset(r->b${at});`]).flat();
  const told = await textOf(
    "\tspin_lock(&r->lock);",
    ...steps,
    "\tmsleep(1);",
    "\tspin_unlock(&r->lock);",
    "\treturn 0;",
  );
  const lines = told.split("\n").filter((line) => line.startsWith("    "));
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(lines[0]).toContain("taken here");
  expect(told).toContain("msleep(1);   <- violated here: may sleep");
});

test("what stands before the lock is taken is left out but for one decision, and the callee that breaks the rule is named", async () => {
  const before = ["\tif (n < 0)", "\t\treturn -EINVAL;", "\tif (r->b)", "\t\treturn -EBUSY;"];
  const text = [
    ...[
      "static void put(struct ring *r)",
      "{",
      "\tspin_lock(&r->lock);",
      "\tr->n--;",
      "\tspin_unlock(&r->lock);",
      "}",
    ],
    ...[
      "int f(struct ring *r, int n)",
      "{",
      ...before,
      "\tspin_lock(&r->lock);",
      "\tput(r);",
      "\tspin_unlock(&r->lock);",
    ],
    ...["\treturn n;", "}", ""],
  ].join("\n");
  const told = checkText(reported(await checkSource({ file: "ring.c", text }, { causes: true })), {});
  expect(told.split("\n").slice(1, 4)).toEqual([
    expect.stringMatching(/^ +11 {2}if \(r->b\) {3}<- r->b is \w+$/),
    "       13  spin_lock(&r->lock);   <- taken here",
    "       14  put(r);   <- violated here: taken again, by put()",
  ]);
});
