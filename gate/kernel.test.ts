import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../testing/kernel-source.ts";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { gate } from "./gate.ts";
import { readMails } from "./intake/mails.ts";

const FILE = "mm/madvise.c";
const FUNCTION = "madvise_cold_or_pageout_pte_range";
const RELOCKED =
  /\t\t\t\tif \(!start_pte\)\n\t\t\t\t\tbreak;\n\t\t\t\tflush_tlb_batched_pending\(mm\);\n\t\t\t\tarch_enter_lazy_mmu_mode\(\);\n\t\t\t\tif \(!err\)\n\t\t\t\t\tnr = 0;\n/;

/** Each historical bug of the function, as an edit of the function as it is now. */
const BUGS: readonly (readonly [string, string, RegExp, string])[] = [
  [
    "v5: on with the loop before the lock is retaken",
    "ptl-held",
    /(\t\t\t\tfolio_put\(folio\);\n)(?=\t\t\t\tstart_pte = pte =\n)/,
    "$1\t\t\t\tif (err)\n\t\t\t\t\tcontinue;\n",
  ],
  [
    "the reply, word for word: on with the loop before lazy MMU mode is entered",
    "lazy-mmu-balanced",
    RELOCKED,
    "\t\t\t\tif (!start_pte)\n\t\t\t\t\tbreak;\n\t\t\t\tflush_tlb_batched_pending(mm);\n\t\t\t\tif (err)\n\t\t\t\t\tcontinue;\n\t\t\t\tarch_enter_lazy_mmu_mode();\n\t\t\t\tnr = 0;\n",
  ],
  [
    "v7: no TLB flush after the relock",
    "tlb-flushed-after-relock",
    RELOCKED,
    "\t\t\t\tif (!start_pte)\n\t\t\t\t\tbreak;\n\t\t\t\tarch_enter_lazy_mmu_mode();\n\t\t\t\tif (!err)\n\t\t\t\t\tnr = 0;\n",
  ],
];

describe("historical bugs put back into the kernel", () => {
  const root = kernelSource();
  const clean = root === undefined ? "" : readFileSync(join(root, FILE), "utf8");
  // One for all: its files are listed once.
  const kernel = root === undefined ? undefined : directoryTree(root);

  test.each(BUGS)("%s: %s", async (_, rule, from, to) => {
    if (!kernel) return;
    const broken = clean.replace(from, to);
    expect(broken).not.toBe(clean);
    const put = Buffer.from(diffOf({ [FILE]: clean }, { [FILE]: broken }));
    const report = await gate(await readMails("bug", put), { tree: kernel });
    expect(report.verdict).toBe("violated");
    expect(report.new.map((each) => [each.function, each.rule])).toContainEqual([FUNCTION, rule]);
    const mended = Buffer.from(diffOf({ [FILE]: broken }, { [FILE]: clean }));
    const fix = await gate(await readMails("fix", mended), {
      tree: directoryTree(makeTree({ [FILE]: broken })),
    });
    expect(fix.new).toEqual([]);
    expect(fix.fixed.map((each) => [each.function, each.rule])).toEqual([[FUNCTION, rule]]);
  });

  test("the kernel source is there", (context) => {
    if (root === undefined) context.skip(KERNEL_SOURCE_MISSING);
    expect(clean).toContain(FUNCTION);
  });
});
