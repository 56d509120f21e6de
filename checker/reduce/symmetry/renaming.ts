import { required } from "../../interpret/model-index.ts";
import type { SlotMap } from "./slot-map.ts";

/** Who the members of a stored state are in the run that led there. */
export interface Renaming {
  /** The member of the run that the stored state's member of the set stands for. */
  real(set: string, member: number): number;
  /** Behind an exchange: `permutation` is the node whose place each node takes. */
  behind(permutation: Int32Array): Renaming;
}

/** Where everybody is who they are. */
export function identity(map: SlotMap): Renaming {
  return renaming(
    map,
    Int32Array.from({ length: map.nodes }, (_, node) => node),
  );
}

function renaming(map: SlotMap, nodes: Int32Array): Renaming {
  const members = map.orbits.flatMap(({ orbit }) => orbit.members);
  return {
    real: (set, member) => {
      const node = map.nodeOf(set, member);
      return node < 0 ? member : required(members[nodes[node] ?? 0], `no ${set} ${member}`);
    },
    behind: (permutation) => {
      const next = new Int32Array(nodes.length);
      permutation.forEach((place, node) => {
        next[place] = nodes[node] ?? 0;
      });
      return renaming(map, next);
    },
  };
}
