import { expect, test } from "vitest";
import { ANY_KERNEL, kernelName, kernelOfTree } from "./tree.ts";
import { compareVersions, parseKernelVersion } from "./version.ts";

test.each([
  ["6.12", "6.12"],
  ["v6.9", "6.9"],
  ["6.12.30", "6.12"],
  ["7.0-rc3", "7.0"],
  ["6.1.0-25-amd64", "6.1"],
])("%s is %s", (text, version) => expect(parseKernelVersion(text)).toBe(version));

test.each(["", "6", "six", "5.15", "6.0", "6.20", "8.1", "6.12 ", "6.12;"])("%j is refused", (text) => {
  expect(() => parseKernelVersion(text)).toThrow(
    `unknown kernel version '${text}' (valid: 6.1 to 6.19 and 7.0 to 7.19)`,
  );
});

test("6.9 is older than 6.12, and 6.19 than 7.0", () => {
  expect(compareVersions("6.9", "6.12")).toBeLessThan(0);
  expect(compareVersions("7.0", "6.19")).toBeGreaterThan(0);
  expect(compareVersions("6.12", "6.12")).toBe(0);
});

const makefile = (major: number, minor: number) =>
  `VERSION = ${major}\nPATCHLEVEL = ${minor}\nSUBLEVEL = 3\n`;
const OLD = "#define arch_enter_lazy_mmu_mode()\tdo {} while (0)\n";
const NEW = "static inline void lazy_mmu_mode_enable(void) {}\n";
const NEWER = "static inline bool mmap_write_trylock(struct mm_struct *mm) {}\n";

const kernelOf = (files: Readonly<Record<string, string>>) => kernelOfTree((path) => files[path]);
const PGTABLE = "include/linux/pgtable.h";

test.each([
  [
    "the Makefile, and headers that agree",
    { Makefile: makefile(6, 14), [PGTABLE]: OLD },
    "6.14",
    "the tree's Makefile",
  ],
  ["declarations alone", { [PGTABLE]: NEW }, "7.0", `${PGTABLE} declares lazy_mmu_mode_enable`],
  ["what is not declared", { [PGTABLE]: OLD }, "6.12", `${PGTABLE} does not declare lazy_mmu_mode_enable`],
  [
    "a backport",
    { Makefile: makefile(6, 14), [PGTABLE]: NEW },
    "7.0",
    `${PGTABLE} declares lazy_mmu_mode_enable, though the tree's Makefile says 6.14`,
  ],
  [
    "a name that is still there",
    { Makefile: makefile(6, 12), "include/linux/mmap_lock.h": NEWER },
    "6.11",
    "include/linux/mmap_lock.h declares mmap_write_trylock, though the tree's Makefile says 6.12",
  ],
])("the kernel of a tree is told by %s", (_, files, version, why) => {
  expect(kernelOf(files)).toEqual({ version, why });
});

test("nothing is made of a tree that says nothing", () => {
  expect(kernelOf({ Makefile: "all:\n\ttrue\n" })).toBe(ANY_KERNEL);
  expect(kernelOf({ Makefile: makefile(5, 4) })).toBe(ANY_KERNEL);
  expect(kernelName(ANY_KERNEL)).toBe("6.12");
});
