import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const HEAD = "static DEFINE_SPINLOCK(one);\nstatic DEFINE_MUTEX(two);\n";
const fn = (name: string, ...body: readonly string[]) =>
  [`static void *${name}(struct seq_file *s)`, "{", ...body.map((each) => `\t${each}`), "}", ""].join("\n");
const TABLE = "static const struct seq_operations ops = {\n\t.start = walk,\n\t.stop = done,\n};\n";

interface Halves {
  readonly names: readonly [string, string];
  readonly table?: string;
  readonly take: string;
  readonly give: string;
}

const file = ({ names: [first, last], table = "", take, give }: Halves) =>
  HEAD + fn(first, take, "return s->private;") + fn(last, "s->private = NULL;", give, "return NULL;") + table;

async function found(before: Halves, after: Halves): Promise<readonly string[]> {
  const [was, is] = [file(before), file(after)];
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": was }, { "a.c": is })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": was })) });
  return [...report.new.map((each) => each.function), ...report.bounds];
}

const OLD = { take: "spin_lock(&one);", give: "spin_unlock(&one);" };
const NEW = { take: "mutex_lock(&two);", give: "mutex_unlock(&two);" };
const BARE = { take: "s->private = s;", give: "s->private = s;" };

test.each([
  ["of one table of operations", { names: ["walk", "done"], table: TABLE }],
  ["by their names", { names: ["boxes_start", "boxes_stop"] }],
  ["that lock and unlock", { names: ["box_hw_lock", "box_hw_unlock"] }],
  ["that grab and put", { names: ["box_grab_all", "box_put_all"] }],
] as const)("halves %s may change to another lock together, or take one now", async (_, pair) => {
  expect(await found({ ...pair, ...OLD }, { ...pair, ...NEW })).toEqual([]);
  expect(await found({ ...pair, ...BARE }, { ...pair, ...NEW })).toEqual([]);
});

test("one half alone is found, and functions that are no halves", async () => {
  const pair = { names: ["walk", "done"], table: TABLE } as const;
  const half = await found({ ...pair, ...OLD }, { ...pair, take: NEW.take, give: OLD.give });
  expect(half.join()).toMatch(/walk/);
  const strangers = { names: ["walk", "done"] } as const;
  expect((await found({ ...strangers, ...OLD }, { ...strangers, ...NEW })).join()).toMatch(/walk/);
});

test("halves may come to their lock by other pointers", async () => {
  const pair = { names: ["box_open", "box_release"] } as const;
  const by = (take: string, give: string) => ({ ...pair, take, give });
  const was = by("spin_lock(&s->private->lock);", "spin_unlock(&s->file->data->lock);");
  const is = by("mutex_lock(&s->private->mutex);", "mutex_unlock(&s->file->data->mutex);");
  expect(await found(was, is)).toEqual([]);
});
