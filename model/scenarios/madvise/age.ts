import { not, or } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import type { Statement } from "../../ir/procedure.ts";
import { no, reads, yes } from "../layout/attribute.ts";
import { inBatch } from "../layout/batch.ts";
import { calls, type Madvise } from "./madvise.ts";

/** A pte that is told to be cold is made old, and with it the nr - 1 behind it. */
export function ages(objects: Madvise, how: "one by one" | "as a batch"): Statement {
  const { ptes, pageout, anyYoung } = objects;
  const young = ptes.young.at(ptes.position);
  const cold = no(pageout);
  const follow = how === "as a batch" ? agesBatch(objects) : agesOne(objects);
  return reads(
    "if (!pageout && pte_young(ptent))",
    { name: "pageout", answers: [yes(pageout)] },
    {
      name: "cold, young",
      guard: or(anyYoung.value, young.isNot("no")),
      answers: [cold],
      // Where another pte of the batch is young, this one's own bit is not looked at.
      updates: [young.setIf(not(anyYoung.value), "yes")],
      follow,
    },
    { name: "cold, old", guard: not(anyYoung.value), answers: [cold, no(young)] },
  );
}

function agesOne(objects: Madvise): readonly Statement[] {
  const { ptes } = objects;
  return [
    calls(objects, "ptep_get_and_clear_full", "ptent = ptep_get_and_clear_full(mm, addr, pte, tlb->fullmm);"),
    calls(objects, "set_pte_at", "set_pte_at(mm, addr, pte, pte_mkold(ptent));", {
      also: [{ kind: "age", object: "pte", instance: ptes.position.value }],
      updates: [ptes.young.at(ptes.position).set("no")],
    }),
    calls(objects, "tlb_remove_tlb_entry", "tlb_remove_tlb_entry(tlb, pte, addr);"),
  ];
}

function agesBatch(objects: Madvise): readonly Statement[] {
  const extents = { pte: objects.ptes.nr.value };
  return [
    calls(objects, "mkold_ptes", "mkold_ptes(vma, addr, pte, nr);", { extents, updates: becomeOld(objects) }),
    calls(objects, "tlb_remove_tlb_entries", "tlb_remove_tlb_entries(tlb, pte, nr, addr);"),
  ];
}

function becomeOld({ ptes }: Madvise): readonly Update[] {
  return Array.from({ length: ptes.count }, (_, pte) => ptes.young.at(pte).setIf(inBatch(ptes, pte), "no"));
}
