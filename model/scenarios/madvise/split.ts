import { and } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { type Statement, step } from "../../ir/procedure.ts";
import type { OutcomeOptions } from "../../kernel/call.ts";
import { no, reads, yes } from "../layout/attribute.ts";
import { calls, type Madvise } from "./madvise.ts";
import { leavesLazyMmu, unlocks } from "./mapping.ts";

/** Drops the lock to split the current large folio, unless it is better left alone: then `skip`. */
export function splits(objects: Madvise, skip: Statement): readonly Statement[] {
  const { startPte, shared, ptes } = objects;
  const isShared = shared.at(ptes.current);
  return [
    reads(
      "if (folio_likely_mapped_shared(folio))",
      { name: "true", answers: [yes(isShared)], follow: [skip] },
      { name: "false", answers: [no(isShared)] },
    ),
    readsFilter(objects, skip),
    triesLock(objects, skip),
    calls(objects, "folio_get", "folio_get(folio);"),
    leavesLazyMmu(objects),
    unlocks(objects),
    step("start_pte = NULL;", startPte.set("NULL")),
    splitCall(objects),
    calls(objects, "folio_unlock", "folio_unlock(folio);"),
    calls(objects, "folio_put", "folio_put(folio);"),
  ];
}

/** Pageout of a file that the caller must not write leaves its pages alone. */
export function readsFilter({ ptes, anonOnly, pageout, anonymous }: Madvise, skip: Statement): Statement {
  const isAnonymous = anonymous.at(ptes.current);
  const filter = [yes(anonOnly), yes(pageout)];
  return reads(
    "if (pageout_anon_only_filter && !folio_test_anon(folio))",
    { name: "no filter", answers: [no(anonOnly)] },
    { name: "anonymous", answers: [...filter, yes(isAnonymous)] },
    { name: "file", answers: [...filter, no(isAnonymous)], follow: [skip] },
  );
}

/** Fails where somebody else holds the lock. */
function triesLock(objects: Madvise, skip: Statement): Statement {
  const locked = objects.locked.at(objects.ptes.current);
  const [free, busy] = [no(locked), yes(locked)];
  return calls(objects, "folio_trylock", "if (!folio_trylock(folio))", {
    on: {
      locked: { guard: free.possible, updates: [free.chosen] },
      fails: { guard: busy.possible, updates: [busy.chosen], follow: [skip] },
    },
  });
}

function splitCall(objects: Madvise): Statement {
  const { error, ptes } = objects;
  const { position, nr } = ptes;
  const outcome = (mode: "failed" | "succeeded", follow: readonly Statement[] = []): OutcomeOptions => ({
    updates: [error.set(mode === "failed")],
    also: [{ kind: "split", object: "pte", mode, instance: position.value, extent: nr.value }],
    follow,
  });
  const succeeded = outcome("succeeded", [remaps(objects, "split")]);
  const failed = outcome("failed");
  return calls(objects, "split_folio", "err = split_folio(folio);", {
    on: {
      succeeds: succeeded,
      "succeeds, contended": succeeded,
      "fails early": failed,
      fails: failed,
      "fails, contended": failed,
      "fails after unmapping": outcome("failed", [remaps(objects, "large")]),
    },
  });
}

/** remap_page (mm/huge_memory.c) restores the ptes of anonymous pages only; a file's are left none. */
function remaps(objects: Madvise, anonymousPtes: "split" | "large"): Statement {
  const isAnonymous = objects.anonymous.at(objects.ptes.current);
  return reads(
    `split_folio: remap_page(folio); /* ${anonymousPtes === "split" ? "now small" : "still large"} */`,
    {
      name: "anonymous",
      answers: [yes(isAnonymous)],
      updates: anonymousPtes === "large" ? [] : folioGoes(objects, "split"),
    },
    { name: "file", answers: [no(isAnonymous)], updates: folioGoes(objects, "none") },
  );
}

/** The ptes of the current large folio map nothing, or small folios that are anonymous as it was. */
function folioGoes({ ptes, anonymous }: Madvise, left: "none" | "split"): readonly Update[] {
  const { count, current, maps, large, extent } = ptes;
  const each = Array.from({ length: count }, (_, pte) => {
    const ofFolio = and(maps.at(pte).is("large"), large.at(pte).is(current));
    const small = anonymous.at(ptes.smallFolio(pte));
    const inherits = left === "split" ? [small.setIf(ofFolio, "yes")] : [];
    return [maps.at(pte).setIf(ofFolio, left), large.at(pte).setIf(ofFolio, 0), ...inherits];
  });
  return [...each.flat(), extent.at(current).set("gone")];
}
