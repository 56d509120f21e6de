import { describe, expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function judge(before: string, after: string) {
  const [was, is] = [{ "mm/shelf.c": before }, { "mm/shelf.c": after }];
  const set = await readMails("patch", Buffer.from(diffOf(was, is)));
  return gate(set, { tree: directoryTree(makeTree(was)) });
}

const functions = (report: Awaited<ReturnType<typeof judge>>) =>
  report.new.map((each) => `${each.function}: ${each.rule}: ${each.lock}`);

/** A line marked `// <-` is the one that the change takes away or makes conditional. */
const LOOPS: Readonly<Record<string, string>> = {
  "a lock in a loop, whose owner is overwritten": `
static void shelf_walk(struct list_head *shelves)
{
	struct shelf *shelf;

	list_for_each_entry(shelf, shelves, link) {
		spin_lock(&shelf->lock);
		shelf->seen++;
		spin_unlock(&shelf->lock); // <-
	}
}
`,
  "a folio that came locked": `
static int shelf_drop(struct folio **folios, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		struct folio *folio = folios[i];

		if (!folio)
			continue;
		folio_unlock(folio); // <-
		folio_put(folio);
	}
	return 0;
}
`,
  "a folio whose lock an unknown callee may have taken": `
static vm_fault_t shelf_fault(struct shelf *shelf)
{
	struct folio *folio = shelf_find(shelf);

	if (folio_test_uptodate(folio)) {
		if (!shelf->count)
			return VM_FAULT_RETRY;
		folio_unlock(folio); // <-
	}
	return 0;
}
`,
  "what is asked again under the lock": `
static bool shelf_take(struct shelf *shelf)
{
	if (READ_ONCE(shelf->count) == 0)
		return false;
	spin_lock(&shelf->lock);
	if (shelf->count == 0) {
		spin_unlock(&shelf->lock); // <-
		return false;
	}
	shelf->count--;
	spin_unlock(&shelf->lock);
	return true;
}
`,
};

describe.each(Object.entries(LOOPS))("%s", (_, marked) => {
  const before = marked.replace(" // <-", "");
  const gone = marked.replace(/^\t*\w+\(.*\); \/\/ <-\n/m, "");
  const conditional = marked.replace(/(\w+\(.*\);) \/\/ <-/, "if (need_resched())\n\t\t\t$1");

  test("is missed where it is no longer released", async () => {
    const report = await judge(before, gone);
    expect(report.new.map(({ rule }) => rule)).toEqual(["exit-imbalance"]);
    expect(report.new[0]?.guilty?.text).toMatch(/unlock/);
  });

  test("is missed where it is not always released", async () => {
    expect((await judge(before, conditional)).new.map(({ rule }) => rule)).toEqual(["exit-imbalance"]);
  });

  test("is not missed where it is released in another way", async () => {
    const both = marked.replace(/(\w+\(.*\);) \/\/ <-/, "if (need_resched())\n\t\t\t$1\n\t\telse\n\t\t\t$1");
    expect(functions(await judge(before, both))).toEqual([]);
  });

  test("is not missed where the release is moved into a helper", async () => {
    const [, name = "", lock = ""] = /(\w+)\((.*)\); \/\/ <-/.exec(marked) ?? [];
    const isFolio = lock === "folio";
    const type = isFolio ? "struct folio *folio" : "struct shelf *shelf";
    const helper = `static void shelf_end(${type})\n{\n\t${name}(${lock});\n}\n`;
    const call = `shelf_end(${isFolio ? "folio" : "shelf"});`;
    expect(functions(await judge(before, helper + marked.replace(/\w+\(.*\); \/\/ <-/, call)))).toEqual([]);
  });
});

test("to give a lock back where it was forgotten is a fix, and nothing new", async () => {
  const text = `
static int shelf_fill(struct shelf *shelf, int wanted)
{
	int error = 0;

	mutex_lock(&shelf->mutex);
	if (wanted > shelf->size) {
		error = -ENOSPC;
		goto out;
	}
	shelf->count = wanted;
out:
	mutex_unlock(&shelf->mutex);
	return error;
}
`;
  const broken = text.replace("\t\tgoto out;\n", "\t\treturn error;\n");
  const put = await judge(text, broken);
  expect(functions(put)).toEqual(["shelf_fill: exit-imbalance: shelf->mutex"]);
  const mended = await judge(broken, text);
  expect(mended.new).toEqual([]);
  expect(mended.fixed.map(({ rule }) => rule)).toEqual(["exit-imbalance"]);
});

test("a lock that is released later, behind another change, is not missed", async () => {
  const early = `
static void shelf_tidy(struct shelf *shelf)
{
	spin_lock(&shelf->lock);
	shelf->count = 0;
	spin_unlock(&shelf->lock);
	shelf->size = 0;
	shelf->seen = 0;
}
`;
  const late = early
    .replace("\tspin_unlock(&shelf->lock);\n", "")
    .replace("\tshelf->seen = 0;\n", "\tshelf->seen = 0;\n\tspin_unlock(&shelf->lock);\n");
  expect(functions(await judge(early, late))).toEqual([]);
});

test("an old finding of the same lock hides nothing", async () => {
  const text = `
static int shelf_move(struct shelf *shelf, int wanted)
{
	int error = -EBUSY;

	spin_lock(&shelf->lock);
	if (shelf->count)
		return error;
	if (shelf->size < wanted) {
		spin_unlock(&shelf->lock);
		return error;
	}
	shelf->size -= wanted;
	spin_unlock(&shelf->lock);
	return 0;
}
`;
  const report = await judge(text, text.replace("\t\tspin_unlock(&shelf->lock);\n\t\treturn", "\t\treturn"));
  expect(functions(report)).toEqual(["shelf_move: exit-imbalance: shelf->lock"]);
});

/** A function whose error path releases a lock that only some paths there have taken. */
const STRAY = `
static int shelf_fill(struct shelf *shelf)
{
	int error;

	error = shelf_open(shelf);
	if (error)
		goto out;
	mutex_lock(&shelf->lock);
	error = shelf_load(shelf);
	if (error)
		goto out;
	mutex_unlock(&shelf->lock);
	return 0;

out:
	mutex_unlock(&shelf->lock);
	shelf_close(shelf);
	return error;
}
`;

test.each([
  [
    "a label of its own",
    STRAY.replace("error)\n\t\tgoto out;\n\tmutex_lock", "error)\n\t\tgoto close;\n\tmutex_lock").replace(
      "\tshelf_close",
      "close:\n\tshelf_close",
    ),
  ],
  [
    "a release on the path that has the lock",
    STRAY.replace(
      "\tif (error)\n\t\tgoto out;\n\tmutex_unlock",
      "\tif (error) {\n\t\tmutex_unlock(&shelf->lock);\n\t\tgoto out;\n\t}\n\tmutex_unlock",
    ).replace("out:\n\tmutex_unlock(&shelf->lock);\n", "out:\n"),
  ],
])("to end a stray release by %s is a fix, and nothing new", async (_, after) => {
  const report = await judge(STRAY, after);
  expect(functions(report)).toEqual([]);
  expect(report.fixed).toHaveLength(1);
});

test("a release that is taken away from where the lock was taken is no fix", async () => {
  const after = STRAY.replace("out:\n\tmutex_unlock(&shelf->lock);\n", "out:\n");
  expect(functions(await judge(STRAY, after))).toEqual(["shelf_fill: exit-imbalance: shelf->lock"]);
});
