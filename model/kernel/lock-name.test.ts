import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { lockWordOf, mayLeave, ownLockWord, pairedName } from "./lock-name.ts";
import { noLocks } from "./table/no-lock.ts";
import { ownLocks } from "./table/own-lock.ts";

test.each([
  ["box_lock", "acquires"],
  ["BOX_TRYLOCK", "acquires"],
  ["lock", "acquires"],
  ["acquire_box", "acquires"],
  ["box_unlock_all", "releases"],
  ["box_lock_release", "releases"],
  ["box_unlockfn", "releases"],
  ["lock2", "acquires"],
  ["unlockBox", "releases"],
  ["block_box", undefined],
  ["clock_of", undefined],
  ["locked", undefined],
  ["spin_lock_init", undefined],
  ["atomic_fetch_add_release", undefined],
  ["lockdep_assert_held", undefined],
])("%s %s", (name, word) => {
  expect(lockWordOf(name)).toBe(word);
});

test.each([
  ["test_and_set_bit", "BOX_LOCKED,&box->flags", "acquires"],
  ["clear_bit", "0,&box->lock", "releases"],
  ["cmpxchg", "&box->lock,0,1", "both"],
  ["xchg", "&box->lock,0", "releases"],
  ["atomic_cmpxchg_acquire", "&box->locked,0,1", "both"],
  ["test_and_set_bit", "BOX_DIRTY,&lock->flags", undefined],
  ["test_and_set_bit", "BOX_BLOCK,&box->flags", undefined],
  ["set_bit", "BOX_LOCKED,&box->flags", undefined],
])("%s(%s) %s", (name, args, word) => {
  expect(ownLockWord(name, args)).toBe(word);
});

test.each([
  ...["RETURN", "BOX_RETURN_IF", "GOTO", "BAIL_ON_ERR", "return_VALUE", "EXIT_IF", "THROW"].map(
    (name) => [name, true] as const,
  ),
  ...["RETRY", "EXIT", "box_return", "return_box", "BOX_EXIT", "INIT_LIST_HEAD"].map(
    (name) => [name, false] as const,
  ),
])("%s may leave the function: %s", (name, leaves) => {
  expect(mayLeave(name)).toBe(leaves);
});

test("the halves of a pair have one stem", () => {
  expect(pairedName("clk_box_begin")).toEqual({ stem: "clk_box_*", half: "acquires" });
  expect(pairedName("clk_box_end")).toEqual({ stem: "clk_box_*", half: "releases" });
  expect(pairedName("start")).toEqual({ stem: "*", half: "acquires" });
  expect(pairedName("ending")).toBeUndefined();
  expect(pairedName("va_start")).toBeUndefined();
});

const tree = kernelSource();

test.skipIf(!tree)(`each reason cites what stands in the kernel (${KERNEL_SOURCE_MISSING})`, () => {
  for (const why of [...noLocks.map((each) => each.why), ...ownLocks.map(({ kernel }) => `(${kernel})`)]) {
    const [, file = "", name = ""] = /\(([\w./-]+): (\w+)\)$/.exec(why) ?? [];
    expect(readFileSync(join(tree ?? "", file), "utf8"), why).toMatch(new RegExp(`\\b${name}\\b`));
  }
});
