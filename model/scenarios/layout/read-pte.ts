import { add, all, and, bound, constant, type Expression, less, not, or } from "../../ir/expression.ts";
import { range } from "../../ir/place.ts";
import type { Statement } from "../../ir/procedure.ts";
import { type Finding, reads } from "./attribute.ts";
import type { Ptes } from "./ptes.ts";

const PICK = "large folio";

/** `folio = vm_normal_folio(...)`: what the current pte maps is chosen, unless an earlier step has read it. */
export function readsFolio(ptes: Ptes, text: string): Statement {
  const { position, current, maps, large, largeFolios } = ptes;
  const kind = maps.at(position);
  const smallFolio = add(position.value, constant(largeFolios + 1));
  return reads(
    text,
    mapsNoFolio(ptes, "none"),
    mapsNoFolio(ptes, "swap"),
    mapsNoFolio(ptes, "zero page", kind.is("split")),
    {
      name: "a small folio",
      guard: or(unread(ptes), kind.is("small"), kind.is("split")),
      updates: [kind.set("small"), current.set(smallFolio)],
    },
    {
      name: "the large folio read before",
      guard: kind.is("large"),
      updates: [current.set(large.at(position))],
    },
    mapsLargeFolio(ptes),
  );
}

const unread = ({ maps, position }: Ptes): Expression => maps.at(position).is("unseen");

function mapsNoFolio(ptes: Ptes, name: "none" | "swap" | "zero page", also?: Expression): Finding {
  const kind = ptes.maps.at(ptes.position);
  return {
    name,
    guard: or(unread(ptes), kind.is(name), ...(also ? [also] : [])),
    updates: [kind.set(name), ptes.current.set(0)],
  };
}

function mapsLargeFolio(ptes: Ptes): Finding {
  const { position, current, maps, large, extent, largeFolios } = ptes;
  const picked = bound(PICK);
  return {
    name: "a large folio",
    choice: { name: PICK, domain: range(1, largeFolios) },
    guard: and(unread(ptes), canBeMapped(ptes, picked)),
    updates: [
      maps.at(position).set("large"),
      large.at(position).set(picked),
      extent.at(picked).setIf(extent.at(picked).is("unseen"), "mapped"),
      current.set(picked),
    ],
  };
}

/** A folio seen elsewhere that has pages left, or the first of those not seen: they are all alike. */
function canBeMapped({ extent, largeFolios }: Ptes, folio: Expression): Expression {
  const lowerSeen = all("lower folio", range(1, largeFolios), (each) =>
    or(not(less(each, folio)), extent.at(each).isNot("unseen")),
  );
  const it = extent.at(folio);
  return or(it.is("mapped"), it.is("partly"), and(it.is("unseen"), lowerSeen));
}
