import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../../testing/kernel-source.ts";
import { effectOf } from "../../c/knowledge/index.ts";
import { kernelName, kernelOfTree } from "../version/tree.ts";
import { isThere } from "../version/version.ts";
import { findPrimitive, primitive, primitives } from "./index.ts";
import { neverReturning } from "./never-returns.ts";

const tree = kernelSource();

test("each call has one row in each kernel, and each row at least one outcome with a name of its own", () => {
  for (const version of ["6.1", "6.9", "6.12", "7.0"]) {
    const names = primitives.filter((row) => isThere(row, version)).map(({ name }) => name);
    expect(new Set(names).size, version).toBe(names.length);
  }
  for (const { name, outcomes } of primitives) {
    const ways = outcomes.map((each) => each.name);
    expect(ways.length, name).toBeGreaterThan(0);
    expect(new Set(ways).size, name).toBe(ways.length);
  }
});

test("the first outcome is the ordinary one", () => {
  for (const { name, outcomes } of primitives) expect(outcomes[0]?.weight, name).toBe(0);
});

test("a spinning lock raises the preempt count and its release lowers it, in the kernel's order", () => {
  expect(kinds("spin_lock")).toEqual(["enter preempt", "acquire spinlock"]);
  expect(kinds("pte_unmap_unlock")).toEqual(["release ptl", "leave preempt", "unmap pte-table", "leave rcu"]);
});

test("a sleeping lock is announced by might_sleep, but not where the call only tries", () => {
  expect(kinds("mutex_lock")).toEqual(["may-sleep task", "acquire mutex"]);
  expect(kinds("mutex_lock_killable")).toEqual(["may-sleep task", "acquire mutex"]);
  expect(kinds("mutex_trylock")).toEqual(["acquire mutex"]);
  expect(primitive("mutex_trylock").outcomes[1]?.does).toEqual([]);
});

test("interrupts go off before a spinning lock is taken, and on after its release", () => {
  expect(kinds("read_lock_irq")).toEqual(["enter irq", "enter preempt", "acquire spinlock"]);
  expect(kinds("read_unlock_irq")).toEqual(["release spinlock", "leave preempt", "leave irq"]);
});

test("a lock is found by an argument, by what is returned, or by its name alone", () => {
  const [lock] = primitive("inode_lock").outcomes[0]?.does.slice(-1) ?? [];
  expect(lock).toMatchObject({ operand: 0, path: "->i_rwsem" });
  expect(primitive("pmd_lock").outcomes[0]).toMatchObject({ returns: "pointer" });
  const [named] = primitive("rtnl_lock").outcomes[0]?.does.slice(-1) ?? [];
  expect(named).toEqual({ kind: "acquire", object: "mutex", mode: "exclusive", path: "rtnl_mutex" });
});

test("a row is that of the kernel that is asked for; without one, of any", () => {
  expect(findPrimitive("lazy_mmu_mode_enable", "6.12")).toBeUndefined();
  expect(findPrimitive("lazy_mmu_mode_enable", "7.0")?.since).toBe("7.0");
  expect(findPrimitive("mkold_ptes", "6.9")?.until).toBe("6.9");
  expect(findPrimitive("mkold_ptes", "6.10")).toBeUndefined();
  expect(findPrimitive("mkold_ptes")?.until).toBe("6.9");
});

test("an unknown call is undefined to who asks and an error to who insists", () => {
  expect(findPrimitive("spin_lok")).toBeUndefined();
  expect(() => primitive("spin_lok")).toThrow("no primitive 'spin_lok'");
});

test.skipIf(!tree)(
  `the kernel file that a row cites defines or names its function (${KERNEL_SOURCE_MISSING})`,
  () => {
    const version = kernelName(kernelOfTree((path) => readFileSync(join(tree ?? "", path), "utf8")));
    const there = primitives.filter((row) => isThere(row, version));
    const wrong = there.filter(({ kernel }) => !citationHolds(tree ?? "", kernel));
    expect(wrong.map(({ name, kernel }) => `${name}: ${kernel}`)).toEqual([]);
    const ends = Object.entries(neverReturning).flatMap(([file, names]) =>
      names.map((name) => `${file}: ${name}`),
    );
    expect(ends.filter((each) => !citationHolds(tree ?? "", each))).toEqual([]);
  },
);

test("a call that forgets a lock tells which, or that it is each of its class", () => {
  const forgotten = (name: string) => effectOf(primitive(name)).outcomes[0];
  expect(forgotten("f2fs_put_page")).toMatchObject({ forgets: [{ operation: { operand: 0 } }] });
  expect(forgotten("f2fs_put_page")).not.toHaveProperty("taints");
  expect(forgotten("move_pages_huge_pmd")).toMatchObject({ taints: ["ptl"] });
  expect(forgotten("move_pages_huge_pmd")).not.toHaveProperty("forgets");
});

function kinds(name: string): readonly string[] {
  return primitive(name).outcomes[0]?.does.map(({ kind, object }) => `${kind} ${object}`) ?? [];
}

function citationHolds(root: string, citation: string): boolean {
  const [file, name] = citation.split(": ");
  if (!file || !name) return false;
  return new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, file), "utf8"));
}
