import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../cli/testing/temporary.ts";
import { filesOf } from "./files.ts";
import { tableOf } from "./table.ts";
import { versionOf } from "./version.ts";

function madeUpTree(): string {
  const tree = temporaryFolder();
  mkdirSync(join(tree, "mm/kasan"), { recursive: true });
  for (const file of ["mm/swap.c", "mm/swap.h", "mm/kasan/init.c"]) writeFileSync(join(tree, file), "");
  writeFileSync(join(tree, "Makefile"), "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\nEXTRAVERSION =\n");
  return tree;
}

test("a folder is what stands in it, or all below it", () => {
  const tree = madeUpTree();
  expect(filesOf(tree, "mm")).toEqual(["mm/swap.c"]);
  expect(filesOf(tree, "mm/**")).toEqual(["mm/kasan/init.c", "mm/swap.c"]);
});

test("a tree says which version it is", () => {
  expect(versionOf(madeUpTree())).toBe("6.12.3");
});

test("the table counts findings by confidence and takes start-up off", () => {
  const report = {
    findings: (["hard", "audit", "audit"] as const).map((confidence) => ({ id: "", file: "", confidence })),
    functions: { seen: 9, modelled: 7, skipped: [{}], capped: [{}] },
  } as const;
  const row = { folder: "mm", files: 20, checked: { report, user: 3, wall: 4 } };
  expect(tableOf([row], 0.25).split("\n").at(-1)).toBe("| mm | 20 | 9 | 7 | 1 | 1 | 1 | 2 | 2.75 | 5.0 |");
});
