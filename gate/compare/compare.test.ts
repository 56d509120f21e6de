import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import { fakeJudge } from "../testing/fake-judge.ts";

const f = (...body: string[]) =>
  ["int f(spinlock_t *a, spinlock_t *b)", "{", ...body.map((each) => `\t${each}`), "}", ""].join("\n");

async function judge(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { judge: fakeJudge, tree: directoryTree(makeTree(before)) });
  const show = (found: typeof report.new) =>
    found.map((each) => `${each.file}: ${each.function}: ${each.rule} ${each.lock}`);
  return { new: show(report.new), fixed: show(report.fixed), old: show(report.old) };
}

const inX = (...body: string[]): Files => ({ "x.c": f(...body) });
const SAME = { new: [], fixed: [] };

test("an old finding whose lines moved stays old", async () => {
  expect(await judge(inX("bug_u(a);"), inX("one();", "two();", "bug_u(a);"))).toMatchObject({
    ...SAME,
    old: ["x.c: f: u a"],
  });
});

test("a second instance of an old finding is new, once", async () => {
  const got = await judge(inX("bug_u(a);"), inX("bug_u(a);", "one();", "bug_u(a);"));
  expect(got).toEqual({ new: ["x.c: f: u a"], fixed: [], old: ["x.c: f: u a"] });
});

test.each([
  ["rule", "bug_v(a);"],
  ["lock", "bug_u(b);"],
])("replacing an old finding by one with another %s gives one new and one fixed", async (_, other) => {
  const got = await judge(inX("bug_u(a);"), inX(other));
  expect([got.new.length, got.fixed.length, got.old.length]).toEqual([1, 1, 0]);
});

test("a renamed local is no new finding, a swapped one is", async () => {
  const body = (name: string) => `int f(void)\n{\n\tspinlock_t *${name} = get();\n\tbug_u(${name});\n}\n`;
  expect(await judge({ "x.c": body("lock") }, { "x.c": body("guard") })).toMatchObject(SAME);
});

test("a function that moves to another file keeps its findings", async () => {
  const other = "int other(void)\n{\n\treturn 0;\n}\n";
  const got = await judge(
    { "x.c": f("bug_u(a);") + other, "y.c": other },
    { "x.c": other, "y.c": other + f("bug_u(a);") },
  );
  expect(got).toEqual({ ...SAME, old: ["y.c: f: u a"] });
});

test("a function that is renamed keeps its findings", async () => {
  const body = ["one();", "two();", "three();", "bug_u(a);"];
  const got = await judge(inX(...body), { "x.c": f(...body).replace("int f(", "int g(") });
  expect(got).toEqual({ ...SAME, old: ["x.c: g: u a"] });
});

test("a file that is renamed keeps its findings", async () => {
  const body = ["one();", "two();", "three();", "bug_u(a);"];
  expect(await judge(inX(...body), { "z.c": f(...body, "four();") })).toEqual({
    ...SAME,
    old: ["z.c: f: u a"],
  });
});

test("a new file's findings are new, a deleted one's fixed", async () => {
  expect(await judge({ "y.c": "" }, { "y.c": "", "x.c": f("bug_u(a);") })).toMatchObject({
    new: ["x.c: f: u a"],
  });
  expect(await judge(inX("bug_u(a);"), { "y.c": "int y;\n" })).toMatchObject({ fixed: ["x.c: f: u a"] });
});
