import { expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import type { Transition } from "../../ir/model.ts";
import { buildMadvise } from "./index.ts";

/** The steps of the shortest run in which v5 touches a pte without its lock; none where it holds. */
function shortestRun(parameters: Record<string, number>): readonly Transition[] {
  const built = buildMadvise({ version: "v5", parameters });
  const [result] = judge(built, ["ptl-held"]).properties;
  const [program] = built.model.programs;
  return (result?.run?.moves ?? []).flatMap(({ transition }) => program?.transitions[transition] ?? []);
}

test("two ptes and one adverse outcome suffice to read a pte without its lock", () => {
  const steps = shortestRun({ ptes: 2, folios: 1 });
  const adverse = steps.filter(({ weight }) => weight === 1).map(({ label }) => label);
  expect(adverse).toEqual([expect.stringMatching(/^err = split_folio\(folio\); -> fails/)]);
  const fromTrylock = steps.map(({ label }) => label).slice(-12);
  expect(fromTrylock).toEqual([
    "if (!folio_trylock(folio)) -> locked",
    "folio_get(folio);",
    "arch_leave_lazy_mmu_mode();",
    "pte_unmap_unlock(start_pte, ptl);",
    "start_pte = NULL;",
    adverse[0],
    "folio_unlock(folio);",
    "folio_put(folio);",
    "if (err) -> true",
    "for (; addr < end; pte += nr, addr += nr * PAGE_SIZE) -> advance",
    "for (; addr < end; pte += nr, addr += nr * PAGE_SIZE) -> next round",
    "nr = 1; ptent = ptep_get(pte);",
  ]);
});

test("one pte does not suffice", () => {
  expect(shortestRun({ ptes: 1, folios: 1 })).toEqual([]);
});
