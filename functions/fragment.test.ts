import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const GAP = "/* holdfast: gap */";

async function rules(...body: readonly string[]): Promise<readonly string[]> {
  const text = ["static int part(struct box *box)", "{", ...body, "}", ""].join("\n");
  const { findings } = await checkSource({ file: "part.c", text }, { audit: true });
  return findings.map(({ rule, line }) => `${rule} ${line}`);
}

test("behind a gap nothing is known of a lock that was taken before it", async () => {
  expect(await rules("spin_lock(&box->lock);", GAP, "spin_lock(&box->lock);", "msleep(1);")).toEqual([
    "no-sleep-in-atomic 6",
  ]);
});

test("what is released behind a gap is known to be released", async () => {
  const twice = ["spin_unlock(&box->lock);", "spin_unlock(&box->lock);"];
  expect(await rules(GAP, ...twice)).toEqual(["double-unlock 5"]);
});

test("a fragment's end is not the function's", async () => {
  expect(await rules("if (box->full)", "return 0;", "spin_lock(&box->lock);", GAP)).toEqual([]);
});

test("facts set behind a gap count", async () => {
  const guarded = ["locked = spin_trylock(&box->lock);", "if (locked)", "spin_unlock(&box->lock);"];
  expect(await rules(GAP, ...guarded, "if (!locked)", "spin_unlock(&box->lock);")).toEqual([]);
});

test("unbalanced braces and statements without a loop around them are read as far as they go", async () => {
  const found = await rules(
    "spin_lock(&box->lock);",
    "if (box->full) {",
    "continue;",
    GAP,
    "spin_unlock(&box->lock);",
  );
  expect(found).toEqual([]);
});

test("what is taken behind a gap is held in the mode that it is taken in", async () => {
  expect(await rules(GAP, "down_read(&box->sem);", "up_write(&box->sem);")).toEqual(["wrong-mode 5"]);
  expect(await rules(GAP, "down_write(&box->sem);", "up_read(&box->sem);")).toEqual(["wrong-mode 5"]);
  expect(await rules(GAP, "down_read(&box->sem);", "up_read(&box->sem);")).toEqual([]);
});

test("behind a gap nothing is known of flags that were saved, of pages mapped, of items on a list", async () => {
  const begun = ["LIST_HEAD(gone);", "void *page = kmap_local_page(box->page);"];
  const filled = ["spin_lock_irqsave(&box->lock, flags);", "list_add(&box->list, &gone);"];
  const mapped = ["void *other = kmap_local_page(box->other);", "spin_lock_irqsave(&box->lock, flags);"];
  const ended = ["kunmap_local(page);", "kunmap_local(other);", "return 0;"];
  expect(await rules(...begun, ...filled, GAP, ...mapped, ...ended)).toEqual([]);
});
