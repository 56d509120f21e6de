import { choose, continueLoop, goto, label, loop, type Statement, step, when } from "../../ir/procedure.ts";
import { returns } from "../../kernel/call.ts";
import { asksToResched } from "../asks.ts";
import { no, reads, yes } from "../layout/attribute.ts";
import { isLarge } from "../layout/batch.ts";
import { readsFolio } from "../layout/read-pte.ts";
import { ages } from "./age.ts";
import { calls, type Madvise } from "./madvise.ts";
import { entersLazyMmu, flushes, leavesLazyMmu, mapsAndLocks, mayReschedule, unlocks } from "./mapping.ts";
import { readsFilter } from "./split.ts";
import type { Version } from "./versions.ts";

/** madvise_cold_or_pageout_pte_range (mm/madvise.c) from its `restart` on: what it does to a page table. */
export function madviseFunction(objects: Madvise, version: Version): readonly Statement[] {
  const { startPte, ptes, pageout, error, anyYoung } = objects;
  return [
    label("restart"),
    mapsAndLocks(objects, "start_pte = pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);"),
    when("!start_pte", startPte.is("NULL"), version.restartFails),
    flushes(objects),
    entersLazyMmu(objects),
    loop(
      "for (; addr < end; pte += nr, addr += nr * PAGE_SIZE)",
      ptes.position.lessThan(ptes.count),
      [
        ptes.position.set(ptes.position.plus(ptes.nr)),
        ptes.nr.set(1),
        // Dead from here on.
        ptes.current.set(0),
        error.set(false),
        anyYoung.set(false),
      ],
      visitsPte(objects, version),
    ),
    label("out"),
    leavesRange(objects),
    reads(
      "if (pageout)",
      {
        name: "true",
        answers: [yes(pageout)],
        follow: [calls(objects, "reclaim_pages", "reclaim_pages(&folio_list);")],
      },
      { name: "false", answers: [no(pageout)] },
    ),
    mayReschedule(objects),
    returns(),
  ];
}

/** The loop's own locals are dead from here on: one value each keeps the states few. */
function leavesRange(objects: Madvise): Statement {
  const { startPte, ptes, batchCount, error, anyYoung } = objects;
  const forget = [
    ptes.current.set(0),
    ptes.nr.set(1),
    batchCount.set(0),
    error.set(false),
    anyYoung.set(false),
  ];
  const branch = (alternative: string) => ({ kind: "branch", subject: "start_pte", alternative }) as const;
  return choose(
    "if (start_pte)",
    {
      name: "true",
      guard: startPte.is("mapped"),
      updates: forget,
      decision: branch("true"),
      follow: [leavesLazyMmu(objects), unlocks(objects)],
    },
    { name: "false", guard: startPte.is("NULL"), updates: forget, decision: branch("false") },
  );
}

function visitsPte(objects: Madvise, version: Version): readonly Statement[] {
  const { ptes } = objects;
  return [
    calls(objects, "ptep_get", "nr = 1; ptent = ptep_get(pte);", { updates: [ptes.nr.set(1)] }),
    givesWay(objects),
    readsFolio(ptes, "folio = pte_present(ptent) ? vm_normal_folio(vma, addr, ptent) : NULL;"),
    when("!folio", ptes.current.is(0), [continueLoop]),
    when("folio_test_large(folio)", isLarge(ptes), version.largeFolio(objects)),
    readsUse(objects),
    readsFilter(objects, continueLoop),
    ages(objects, version.ages),
    isolates(objects),
  ];
}

/** At each batch's end the function gives way where it is asked to, and starts again from here. */
function givesWay(objects: Madvise): Statement {
  const { batch, batchCount } = objects;
  const atEnd = asksToResched("if (need_resched())", [
    leavesLazyMmu(objects),
    unlocks(objects),
    mayReschedule(objects),
    goto("restart"),
  ]);
  return choose(
    "if (++batch_count == SWAP_CLUSTER_MAX)",
    { name: "true", guard: batchCount.is(batch - 1), updates: [batchCount.set(0)], follow: [atEnd] },
    { name: "false", guard: batchCount.lessThan(batch - 1), updates: [batchCount.increment()] },
  );
}

/** Other mappings of the folio are not interfered with, and what is on no LRU list is left alone. */
function readsUse({ ptes, lru, shared }: Madvise): Statement {
  const [isOnLru, isShared] = [lru.at(ptes.current), shared.at(ptes.current)];
  return reads(
    "if (!folio_test_lru(folio) || folio_mapcount(folio) != folio_nr_pages(folio))",
    { name: "not on an LRU list", answers: [no(isOnLru)], follow: [continueLoop] },
    { name: "shared", answers: [yes(isOnLru), yes(isShared)], follow: [continueLoop] },
    { name: "false", answers: [yes(isOnLru), no(isShared)] },
  );
}

/** Pageout takes the folio off its LRU list for reclaim. */
function isolates(objects: Madvise): Statement {
  const { pageout, unevictable, ptes } = objects;
  const keep = unevictable.at(ptes.current);
  const takes = calls(objects, "folio_isolate_lru", "if (folio_isolate_lru(folio))", {
    on: {
      isolated: {
        also: [{ kind: "isolate", object: "pte", instance: ptes.position.value, extent: ptes.nr.value }],
        follow: [
          reads(
            "if (folio_test_unevictable(folio))",
            {
              name: "true",
              answers: [yes(keep)],
              follow: [calls(objects, "folio_putback_lru", "folio_putback_lru(folio);")],
            },
            { name: "false", answers: [no(keep)], follow: [step("list_add(&folio->lru, &folio_list);")] },
          ),
        ],
      },
    },
  });
  return reads(
    "if (pageout)",
    { name: "true", answers: [yes(pageout)], follow: [takes] },
    { name: "false", answers: [no(pageout)], follow: [step("folio_deactivate(folio);")] },
  );
}
