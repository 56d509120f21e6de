import { and, constant, type Expression, less, not, or } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { loop, type Statement } from "../../ir/procedure.ts";
import { type Answer, no, reads, yes } from "./attribute.ts";
import type { Ptes } from "./ptes.ts";

/** What a batch's caller wants to know of the entries behind the first. */
export interface Interest {
  readonly name: string;
  readonly answers: readonly Answer[];
  readonly updates: readonly Update[];
}

/** The loop inside folio_pte_batch (mm/internal.h): counts in nr the entries that map the folio's next pages. */
export function scansBatch(ptes: Ptes, interests: readonly Interest[]): Statement {
  const { nr, position, maps, large, current, continues } = ptes;
  const next = position.plus(nr);
  const follows = continues.at(next);
  const samePlace = and(maps.at(next).is("large"), large.at(next).is(current));
  return loop(
    "folio_pte_batch: for (nr = 1; nr < max_nr; nr++)",
    and(less(next, constant(ptes.count)), follows.isNot("no")),
    [],
    [
      reads(
        "folio_pte_batch: pte_same(ptep_get(ptep), expected_pte)",
        ...interests.map(({ name, answers, updates }) => ({
          name,
          guard: or(maps.at(next).is("unseen"), samePlace),
          answers: [yes(follows), ...answers],
          updates: [maps.at(next).set("large"), large.at(next).set(current), ...updates, nr.increment()],
        })),
        { name: "ends", answers: [no(follows)] },
      ),
    ],
  );
}

/** Whether all pages of the current large folio are mapped by the nr ptes from here on. */
export function readsExtent(ptes: Ptes, text: string, partly: readonly Statement[]): Statement {
  const extent = ptes.extent.at(ptes.current);
  return reads(
    text,
    {
      name: "true",
      guard: or(extent.is("mapped"), extent.is("partly")),
      updates: [extent.set("partly")],
      follow: partly,
    },
    {
      name: "false",
      guard: and(or(extent.is("mapped"), extent.is("whole")), less(constant(1), ptes.nr.value)),
      updates: [extent.set("whole")],
    },
  );
}

export const isLarge = ({ current, largeFolios }: Ptes): Expression =>
  and(not(current.is(0)), current.lessThan(largeFolios + 1));

/** Whether a pte is one of the nr from the current one on. */
export function inBatch({ position, nr }: Ptes, pte: number): Expression {
  return and(not(less(constant(pte), position.value)), less(constant(pte), position.plus(nr)));
}
