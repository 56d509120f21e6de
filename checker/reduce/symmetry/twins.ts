import { TASK } from "../../../model/ir/domain.ts";
import { nodeIn, positionIn, type SlotMap, slotsByPosition } from "./slot-map.ts";

/** Whether the task (from 0) and the one before it may be exchanged without changing the state. */
export type IsTwin = (task: number, values: Int32Array) => boolean;

interface Pair {
  readonly node: number;
  /** Slots of the one, and at the same position those of the other. */
  readonly ours: Int32Array;
  readonly theirs: Int32Array;
}

/** Finds tasks whose moves are those of another under an exchange: they need not be tried. */
export function twinsOf(map: SlotMap): IsTwin {
  const pairs: (Pair | undefined)[] = [];
  for (const { first, orbit } of map.orbits) {
    if (orbit.set !== TASK) continue;
    orbit.members.forEach((member, position) => {
      if (position > 0) pairs[member - 1] = pairOf(map, first + position);
    });
  }
  const holdsIds = map.ids.flatMap((ids, slot) => (ids ? [slot] : []));
  const names = (pair: Pair, slot: number, values: Int32Array): boolean => {
    const node = nodeIn(map, slot, values[slot] as number);
    return node === pair.node || node === pair.node - 1;
  };
  return (task, values) => {
    const pair = pairs[task];
    if (!pair) return false;
    const { ours, theirs } = pair;
    for (let each = 0; each < ours.length; each++) {
      if (values[ours[each] as number] !== values[theirs[each] as number]) return false;
    }
    for (const slot of holdsIds) if (names(pair, slot, values)) return false;
    return true;
  };
}

/** The node and the one before it, with the slots that their exchange exchanges. */
function pairOf(map: SlotMap, node: number): Pair {
  const { kinds, owners, elements, nodes } = map;
  const slots = slotsByPosition(map);
  const other = (each = -1) => (each === node ? node - 1 : each === node - 1 ? node : each);
  const ours = [...kinds.keys()].filter((slot) => owners[slot] === node || elements[slot] === node);
  const theirs = ours.map(
    (slot) => slots[positionIn(nodes, kinds[slot] ?? 0, other(owners[slot]), other(elements[slot]))] ?? slot,
  );
  return { node, ours: Int32Array.from(ours), theirs: Int32Array.from(theirs) };
}
