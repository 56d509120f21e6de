import { describe, expect, test } from "vitest";
import { checkSource } from "../../functions/check.ts";
import { explainFinding } from "./finding.ts";

/** A walk in the kernel's idiom that drops the lock to split a folio; `behind` is what follows the split. */
const walk = (behind: string): string => `
static int walk_folios(pmd_t *pmd, unsigned long addr, unsigned long end, struct mm_walk *walk)
{
	pte_t *start_pte, *pte, ptent;
	struct folio *folio;
	spinlock_t *ptl;
	int err;

	start_pte = pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
	if (!start_pte)
		return 0;
	flush_tlb_batched_pending(walk->mm);
	arch_enter_lazy_mmu_mode();
	for (; addr < end; pte++, addr += PAGE_SIZE) {
		ptent = ptep_get(pte);
		folio = vm_normal_folio(walk->vma, addr, ptent);
		if (!folio || !folio_test_large(folio))
			continue;
		if (!folio_trylock(folio))
			continue;
		arch_leave_lazy_mmu_mode();
		pte_unmap_unlock(start_pte, ptl);
		start_pte = NULL;
		err = split_folio(folio);
		folio_unlock(folio);
${behind}
	}
	if (start_pte) {
		arch_leave_lazy_mmu_mode();
		pte_unmap_unlock(start_pte, ptl);
	}
	return 0;
}
`;
const RELOCK = `
		start_pte = pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
		if (!start_pte)
			break;
`;
const GO_ON = `
		if (err)
			continue;
`;
const ENTER = "\t\tarch_enter_lazy_mmu_mode();\n";
const FLUSH = "\t\tflush_tlb_batched_pending(walk->mm);\n";

const box = (body: string): string => `
static int fill(struct box *box, int err)
{
	spin_lock(&box->lock);
${body}
	spin_unlock(&box->lock);
	return err;
}
`;

/** What a reviewer points at, written down first: what turned the path, and the line that takes the bad way. */
const FIXTURES = [
  {
    name: "goes on unlocked after a failed split",
    text: walk(GO_ON + RELOCK + FLUSH + ENTER),
    rules: ["ptl-held", "pte-mapped", "rcu-balanced", "no-sleep-in-atomic", "lazy-mmu-balanced"],
    pivot: { subject: "split_folio", taken: "fails", instead: "succeeds" },
    guilty: "if (err) continue;",
  },
  {
    name: "goes on before it enters lazy MMU mode again",
    text: walk(RELOCK + FLUSH + GO_ON + ENTER),
    rules: ["lazy-mmu-balanced"],
    pivot: { subject: "split_folio", taken: "fails", instead: "succeeds" },
    guilty: "if (err) continue;",
  },
  {
    name: "does not flush after the relock",
    text: walk(RELOCK + ENTER),
    rules: ["tlb-flushed-after-relock"],
    pivot: { subject: "pte_offset_map_lock", taken: "mapped", instead: "gone" },
    guilty: "start_pte = pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);",
  },
  {
    name: "sleeps under a spinning lock on one branch",
    text: box("\tif (box->full) {\n\t\tcond_resched();\n\t}\n"),
    rules: ["no-sleep-in-atomic"],
    pivot: { subject: "box->full", taken: "true", instead: "false" },
    guilty: "if (box->full)",
  },
  {
    name: "forgets to return where it has unlocked",
    text: box("\tif (err < 0)\n\t\tspin_unlock(&box->lock);\n"),
    rules: ["double-unlock"],
    pivot: { subject: "err < 0", taken: "true", instead: "false" },
    guilty: "if (err < 0)",
  },
];

describe.each(FIXTURES)("a function that $name", ({ text, rules, pivot, guilty }) => {
  test.each(rules)("%s is blamed as a reviewer would", async (rule) => {
    const { findings } = await checkSource({ file: "walk.c", text }, { keepEvidence: true });
    const finding = findings.find((each) => each.rule === rule);
    const explanation = finding && explainFinding(finding);
    expect(explanation?.pivot).toMatchObject({ ...pivot, certain: true });
    expect(explanation?.guilty?.source).toMatchObject({ file: "walk.c", text: guilty });
  });
});

test("only the decisions that matter are kept of a path", async () => {
  const text = box("\tif (box->new)\n\t\tbox->count = 0;\n\tif (err < 0)\n\t\tspin_unlock(&box->lock);\n");
  const { findings } = await checkSource({ file: "box.c", text }, { keepEvidence: true });
  const [finding] = findings;
  const decided = finding && explainFinding(finding)?.decisive.map(({ subject }) => subject);
  expect(decided).toEqual(["err < 0"]);
});

test("of two ways there, the one with fewer decisions is told, even where it is longer", async () => {
  const detour = `
static void fill(struct box *box)
{
	spin_lock(&box->lock);
	if (box->slow) {
		spin_lock(&box->other);
		spin_unlock(&box->other);
		spin_lock(&box->other);
		spin_unlock(&box->other);
		goto out;
	}
	if (box->one)
		if (box->two)
			goto out;
	spin_unlock(&box->lock);
	return;
out:
	cond_resched();
	spin_unlock(&box->lock);
}
`;
  const { findings } = await checkSource({ file: "box.c", text: detour }, { keepEvidence: true });
  const finding = findings.find(({ rule }) => rule === "no-sleep-in-atomic");
  expect(finding?.path.map(({ text }) => text.trim())).toContain("if (box->two)");
  const decided = finding && explainFinding(finding)?.decisive.map(({ subject }) => subject);
  expect(decided).toEqual(["box->slow"]);
});

test("evidence is plain data: a finding read back from JSON is explained alike", async () => {
  const text = FIXTURES[4]?.text ?? "";
  const [finding] = (await checkSource({ file: "box.c", text }, { keepEvidence: true })).findings;
  const copy = JSON.parse(JSON.stringify(finding));
  expect(explainFinding(copy)).toEqual(finding && explainFinding(finding));
  expect(explainFinding(copy)?.pivot).toBeDefined();
});

test("a finding whose evidence was not kept is not explained", async () => {
  const [finding] = (await checkSource({ file: "box.c", text: FIXTURES[4]?.text ?? "" })).findings;
  expect(finding && explainFinding(finding)).toBeUndefined();
});
