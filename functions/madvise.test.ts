import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../testing/kernel-source.ts";
import { checkSource } from "./check.ts";

const FUNCTION = "madvise_cold_or_pageout_pte_range";
const root = kernelSource();

async function hardRules(edit: (text: string) => string): Promise<readonly string[]> {
  const text = edit(readFileSync(join(root ?? "", "mm", "madvise.c"), "utf8"));
  const report = await checkSource({ file: "mm/madvise.c", text }, { functions: [FUNCTION] });
  expect(report.functions).toMatchObject({ seen: 1, modelled: 1 });
  return [...new Set(report.findings.map(({ rule }) => rule))];
}

/** Each a mistake that the function's history knows, put back where it was made. */
/** What the mail that answered version 5 says, word for word. */
const REPLY = "if (!start_pte)\nbreak;\nif (err)\ncontinue;\n";

const BUGS: readonly (readonly [string, RegExp, string])[] = [
  ["ptl-held", /(folio_put\(folio\);\n)(?=\s*start_pte = pte =\n)/, "$1if (err)\ncontinue;\n"],
  [
    "lazy-mmu-balanced",
    /if \(!start_pte\)\s*break;\s*(?=flush_tlb_batched_pending\(mm\);\s*arch_enter_lazy_mmu_mode\(\);\s*if \(!err\))/,
    REPLY,
  ],
  ["lazy-mmu-balanced", /arch_enter_lazy_mmu_mode\(\);(?=\s*if \(!err\))/, "if (err)\ncontinue;\n$&"],
  [
    "tlb-flushed-after-relock",
    /flush_tlb_batched_pending\(mm\);(?=\s*arch_enter_lazy_mmu_mode\(\);\s*if \(!err\))/,
    "",
  ],
];

test.skipIf(!root)(`as it is, no hard finding (${KERNEL_SOURCE_MISSING})`, async () => {
  expect(await hardRules((text) => text)).toEqual([]);
});

test.skipIf(!root)("to stop where a split failed, as before version 5, breaks no hard rule", async () => {
  const rules = await hardRules((text) => {
    const stops = text.replace(/(folio_put\(folio\);\n)(?=\s*start_pte = pte =\n)/, "$1if (err)\nbreak;\n");
    expect(stops).not.toBe(text);
    return stops;
  });
  expect(rules).toEqual([]);
});

test.skipIf(!root).each(BUGS)("%s is found where its bug is put back", async (rule, from, to) => {
  const rules = await hardRules((text) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    return broken;
  });
  expect(rules).toContain(rule);
});
