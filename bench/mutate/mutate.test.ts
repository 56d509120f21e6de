import { describe, expect, test } from "vitest";
import { loadParser } from "../../model/c/index.ts";
import { byCheck } from "./caught.ts";
import { diffOf } from "./diff.ts";
import { kinds } from "./kind.ts";
import { sample } from "./random.ts";
import { blank, callStatements, functionsOf } from "./scan.ts";
import { mutate, type Site, sitesOf } from "./site.ts";

/** Each kind of mutation has one place here, or one of each of the two releases. */
const text = `
/* spin_unlock(&in->comment); */
static int tally(struct stock *stock)
{
	pr_debug("spin_unlock(&in->string);");
	spin_lock(&stock->lock);
	stock->count++;
	spin_unlock(&stock->lock);
	return 0;
}

static void walk(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		return;
	flush_tlb_batched_pending(mm);
	arch_enter_lazy_mmu_mode();
	ptep_get(pte);
	arch_leave_lazy_mmu_mode();
	pte_unmap_unlock(pte, ptl);
	cond_resched();
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		return;
	flush_tlb_batched_pending(mm);
	ptep_get(pte);
	pte_unmap_unlock(pte, ptl);
}

static void drop(struct shelf *shelf)
{
	spin_unlock(&shelf->shelf_lock);
}
`;
const source = { file: "mm/stock.c", text };
const sitesBy = (name: string): readonly Site[] => {
  const kind = kinds.find((each) => each.name === name);
  if (!kind) throw new Error(`no kind '${name}'`);
  return sitesOf(source, kind);
};

describe("the text scan", () => {
  const code = blank(text);

  test("keeps every position, and blanks comments and strings", () => {
    expect(code).toHaveLength(text.length);
    expect(code).not.toMatch(/comment|string/);
  });

  test("finds functions with their types, and calls that are statements", () => {
    const found = functionsOf(code);
    expect(found.map(({ name, returns }) => `${returns} ${name}`)).toEqual([
      "static int tally",
      "static void walk",
      "static void drop",
    ]);
    const [tally] = found;
    expect(tally && callStatements(code, tally).map(({ name }) => name)).toEqual([
      "pr_debug",
      "spin_lock",
      "spin_unlock",
    ]);
  });

  test("names a system call as the kernel does", () => {
    expect(functionsOf("SYSCALL_DEFINE1(brk, unsigned long, brk)\n{\n}\n")[0]?.name).toBe("sys_brk");
  });
});

describe("mutants", () => {
  const places: readonly (readonly [string, readonly number[]])[] = [
    ["doubled unlock", [8, 24, 31, 36]],
    ["sleep under spinlock or RCU", [6]],
    ["dropped lazy-MMU leave", [23]],
    ["dropped flush after relock", [20, 29]],
    ["deleted unlock", [8, 24, 31, 36]],
  ];

  test.each(places)("%s: at these lines", (name, lines) => {
    expect(sitesBy(name).map(({ line }) => line)).toEqual(lines);
  });

  test.each(kinds.map(({ name }) => name))("%s: valid C", async (name) => {
    const parser = await loadParser();
    for (const site of sitesBy(name)) {
      const mutant = mutate(site);
      expect(mutant).not.toBe(text);
      for (const { start, end } of functionsOf(blank(mutant))) {
        expect(parser.parse(mutant.slice(start, end + 1)).rootNode.hasError).toBe(false);
      }
    }
  });

  test("out of reach: what only a caller can tell, and a flush that follows no relock", () => {
    const reasons = (name: string) => sitesBy(name).flatMap(({ outOfReach }) => outOfReach ?? []);
    expect(reasons("deleted unlock")).toEqual(["its caller took the lock"]);
    expect(reasons("dropped flush after relock")).toEqual(["not after a relock"]);
  });

  test.each([
    ["flush(mm);", "its function flushes nowhere else"],
    ["flush(mm);\n\tflush(mm);", "not after a relock"],
    ["again:\n\tflush(mm);\n\tflush(mm);\n\tgoto again;", undefined],
  ])("a flush is in reach behind a jump back, where there is another: %s", (body, reason) => {
    const walk = `static void walk(struct mm_struct *mm)\n{\n${body}\n}\n`;
    const named = { file: "mm/walk.c", text: walk.replaceAll("flush(", "flush_tlb_batched_pending(") };
    const kind = kinds.find(({ name }) => name === "dropped flush after relock");
    expect(kind && sitesOf(named, kind)[0]?.outOfReach).toBe(reason);
  });

  test.each(kinds.map(({ name }) => name))("%s: caught wherever it is in reach", async (name) => {
    const sites = sitesBy(name).filter(({ outOfReach }) => outOfReach === undefined);
    expect(sites).not.toHaveLength(0);
    const catches = byCheck();
    for (const site of sites) expect(await catches(site)).toBe(true);
  });

  test("one that changes nothing is not caught", async () => {
    const [site] = sitesBy("deleted unlock");
    if (!site) throw new Error("no site");
    const { at, end } = site.edit;
    expect(await byCheck()({ ...site, edit: { at, end, text: text.slice(at, end) } })).toBe(false);
  });
});

test("a seed chooses the same sites again, another one others", () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  expect(sample(items, 10, 7)).toEqual(sample(items, 10, 7));
  expect(sample(items, 10, 7)).not.toEqual(sample(items, 10, 8));
  expect(new Set(sample(items, 200, 7)).size).toBe(100);
});

test("a patch of one hunk, with three lines of context", () => {
  const patch = diffOf("a.c", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n");
  expect(patch.split("\n").slice(3)).toEqual(["@@ -2,5 +2,5 @@", " 2", " 3", " 4", "-5", "+five", " 6", ""]);
});
