import { boundsOf, type Domain } from "../../ir/domain.ts";
import { add, all, and, constant, type Expression, equal, less, not, or } from "../../ir/expression.ts";
import { type ArrayHandle, local, oneOf, range, sharedArray } from "../../ir/place.ts";
import type { Resource } from "../../kernel/resource.ts";
import { SEEN } from "./attribute.ts";

/** `split`: mapped a page of a large folio that has been split, and was not read since. */
const MAPS = oneOf("unseen", "none", "swap", "zero page", "small", "large", "split");
/** `gone`: split, or unmapped by a split that failed; `mapped`: by at least one pte. */
const EXTENT = oneOf("unseen", "mapped", "partly", "whole", "gone");

/**
 * A range of ptes and the folios that they map, both unknown until read. Large folios are numbered from
 * 1; the small folio that pte i maps has the number that follows them by i; 0 is none.
 */
export type Ptes = ReturnType<typeof ptesOf>;

export function ptesOf(ptes: number, largeFolios: number) {
  const pte = range(0, ptes - 1);
  const folio = range(1, largeFolios + ptes);
  const maps = sharedArray("pte.maps", pte, MAPS);
  const large = sharedArray("pte.folio", pte, range(0, largeFolios));
  return {
    count: ptes,
    largeFolios,
    /** What numbers folios. */
    folio,
    smallFolio: (pte: number) => constant(largeFolios + 1 + pte),
    maps,
    /** Which large folio a pte maps. */
    large,
    /** Maps the page behind the one that the pte before it maps. */
    continues: sharedArray("pte.continues", pte, SEEN),
    young: sharedArray("pte.young", pte, SEEN),
    extent: sharedArray("folio.extent", range(1, largeFolios), EXTENT),
    /** The function's own: the current pte (`ptes` past the last), its folio, how many are taken at once. */
    position: local("pte", range(0, ptes)),
    current: local("folio", range(0, largeFolios + ptes)),
    nr: local("nr", range(0, ptes), 1),
    resource: resourceOf(pte, maps, large),
  };
}

/** What a property may know of ptes; accessing them changes nothing. */
function resourceOf(
  pte: Domain,
  maps: ArrayHandle<typeof MAPS>,
  large: ArrayHandle<Domain & { kind: "range" }>,
): Resource {
  const { max } = boundsOf(pte, {});
  const oneFolio = (instance: Expression, extent: Expression) =>
    all("inBatch", pte, (each) => {
      const outside = or(less(each, instance), not(less(each, add(instance, extent))));
      return or(outside, and(maps.at(each).is("large"), large.at(each).is(large.at(instance))));
    });
  return {
    object: "pte",
    variables: [maps.variable, large.variable],
    instances: pte,
    sameFolio: (instance, extent) =>
      and(not(less(constant(max), instance)), or(equal(extent, constant(1)), oneFolio(instance, extent))),
    bind: () => undefined,
  };
}
