import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const certain = async (text: string) => {
  const { findings } = await checkSource({ file: "box.c", text });
  return findings.map(({ function: name, line }) => `${name} ${line}`);
};

const fn = (head: string, ...body: readonly string[]) =>
  [head, "{", ...body.map((each) => `\t${each}`), "}", ""].join("\n");

const REMOVE = (...onError: readonly string[]) =>
  fn(
    "int box_remove(struct handle *handle, struct box *box)",
    ...["int err = 0;", "", "mutex_lock(&box->lock);", "if (!handle) {", "\tmutex_unlock(&box->lock);"],
    ...["\tgoto out;", "}", "err = reserve(handle, box);", "if (err) {", ...onError, "\tgoto out;", "}"],
    ...["box->n--;", "mutex_unlock(&box->lock);", "out:", "report(box, err);", "return err;"],
  );

test("what the caller gave may decide before the path leaves the releases by another reason", async () => {
  expect(await certain(REMOVE())).toEqual(["box_remove 18"]);
  expect(await certain(REMOVE("\tmutex_unlock(&box->lock);"))).toEqual([]);
});

test("a parameter that decides whether the lock is released may be right", async () => {
  const text = fn(
    "int box_sync(struct box *box, bool keep)",
    ...["int err;", "", "mutex_lock(&box->lock);", "err = sync(box);", "if (!keep)"],
    ...["\tmutex_unlock(&box->lock);", "return err;"],
  );
  expect(await certain(text)).toEqual([]);
});

const REPLAY = (...last: readonly string[]) =>
  fn(
    "int box_replay(struct box *box)",
    ...["int err;", "", "down_write(&box->sem);", "err = insert(box);", "up_write(&box->sem);", "if (err)"],
    ...["\treturn err;", "down_write(&box->sem);", "box->n++;", ...last, "return 0;"],
  );

test("an earlier section that was released makes no success of one that is not", async () => {
  expect(await certain(REPLAY())).toEqual(["box_replay 12"]);
  expect(await certain(REPLAY("up_write(&box->sem);"))).toEqual([]);
});

test("a name that begins with the next of something begins nothing", async () => {
  const keeps = (name: string) =>
    fn(`int ${name}(struct box *box)`, "mutex_lock(&box->lock);", "box->n++;", "return box->n;");
  expect(await certain(keeps("box_get_next_id"))).toEqual(["box_get_next_id 5"]);
  expect(await certain(keeps("box_seq_next"))).toEqual([]);
});

test("an inode that is made known releases no lock", async () => {
  const swap = fn("static void swap_data(struct inode *inode)", "spin_lock(&inode->i_lock);", "inode->n++;");
  const caller = fn(
    "int migrate(struct inode *inode)",
    "swap_data(inode);",
    "unlock_new_inode(inode);",
    "return 0;",
  );
  expect(await certain(swap + caller)).toEqual(["swap_data 5"]);
});
