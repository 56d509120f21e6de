import { breakLoop, continueLoop, goto, type Statement, step, when } from "../../ir/procedure.ts";
import { returns } from "../../kernel/call.ts";
import { no, yes } from "../layout/attribute.ts";
import { readsExtent, scansBatch } from "../layout/batch.ts";
import type { ScenarioVersion } from "../scenario.ts";
import { calls, type Madvise } from "./madvise.ts";
import { entersLazyMmu, flushes, mapsAndLocks } from "./mapping.ts";
import { splits } from "./split.ts";

/** What the function's versions differ in: which calls they make, in what order. */
export interface Version extends ScenarioVersion {
  /** What is done with a large folio. */
  largeFolio(objects: Madvise): readonly Statement[];
  /** What a restart does that finds no page table. */
  readonly restartFails: readonly Statement[];
  readonly ages: "one by one" | "as a batch";
}

const relocks = (objects: Madvise): readonly Statement[] => [
  mapsAndLocks(objects, "start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl);"),
  when("!start_pte", objects.startPte.is("NULL"), [breakLoop]),
];

/** The split folio's first page is looked at again. */
const again = ({ ptes }: Madvise, text = "nr = 0;"): Statement => step(text, ptes.nr.set(0));

const onError = ({ error }: Madvise, then: Statement): Statement => when("err", error.is(true), [then]);

/** From v5 on a large folio is split only where some of its pages are mapped elsewhere or not at all. */
function splitsPartlyMapped(objects: Madvise, relock: readonly Statement[]): readonly Statement[] {
  const { ptes, anyYoung } = objects;
  const young = ptes.young.at(ptes.position.plus(ptes.nr));
  return [
    scansBatch(ptes, [
      { name: "goes on, young", answers: [yes(young)], updates: [anyYoung.set(true)] },
      { name: "goes on, old", answers: [no(young)], updates: [] },
    ]),
    calls(
      objects,
      "folio_pte_batch",
      "nr = folio_pte_batch(folio, addr, pte, ptent, max_nr, fpb_flags, NULL, &any_young);",
      { extents: { pte: ptes.nr.value } },
    ),
    readsExtent(ptes, "if (nr < folio_nr_pages(folio))", [
      ...splits(objects, continueLoop),
      ...relock,
      continueLoop,
    ]),
  ];
}

/** v7: the lock is retaken and lazy MMU mode entered whether or not the split failed. */
const relocksAlways = (objects: Madvise, flush: readonly Statement[]): readonly Statement[] => [
  ...relocks(objects),
  ...flush,
  entersLazyMmu(objects),
  when("!err", objects.error.is(false), [again(objects)]),
];

const returnsEarly = [returns()];

export const versions: readonly Version[] = [
  {
    id: "base",
    summary: "before the patch: every large folio is split; a failed split ends the loop",
    ages: "one by one",
    restartFails: returnsEarly,
    largeFolio: (objects) => [
      ...splits(objects, breakLoop),
      onError(objects, breakLoop),
      ...relocks(objects),
      entersLazyMmu(objects),
      again(objects, "pte--; addr -= PAGE_SIZE;"),
      continueLoop,
    ],
  },
  {
    id: "v5",
    summary: "the patch as posted: a failed split continues before the lock is retaken",
    ages: "as a batch",
    restartFails: returnsEarly,
    largeFolio: (objects) =>
      splitsPartlyMapped(objects, [
        onError(objects, continueLoop),
        ...relocks(objects),
        entersLazyMmu(objects),
        again(objects),
      ]),
  },
  {
    id: "reply-literal",
    summary: "the reply word for word: a failed split continues once the lock is retaken",
    ages: "as a batch",
    restartFails: returnsEarly,
    largeFolio: (objects) =>
      splitsPartlyMapped(objects, [
        ...relocks(objects),
        onError(objects, continueLoop),
        entersLazyMmu(objects),
        again(objects),
      ]),
  },
  {
    id: "v7",
    summary: "as merged in 6.10: retakes the lock and enters lazy MMU mode in either case",
    ages: "as a batch",
    restartFails: returnsEarly,
    largeFolio: (objects) => splitsPartlyMapped(objects, relocksAlways(objects, [])),
  },
  {
    id: "flush-2025",
    summary: "v7, and a batched TLB flush is awaited after every relock",
    ages: "as a batch",
    restartFails: returnsEarly,
    largeFolio: (objects) => splitsPartlyMapped(objects, relocksAlways(objects, [flushes(objects)])),
  },
  {
    id: "reclaim-2026",
    summary: "flush-2025, and isolated folios are reclaimed where a restart finds no page table",
    ages: "as a batch",
    restartFails: [goto("out")],
    largeFolio: (objects) => splitsPartlyMapped(objects, relocksAlways(objects, [flushes(objects)])),
  },
];
