import type { SafeMoves } from "./independence/safe-moves.ts";
import type { SlotMap } from "./symmetry/slot-map.ts";

/** Which reductions a search applies. */
export interface Plan {
  /** Eager safe moves, and with them the merging of chains. */
  readonly safeMoves?: SafeMoves;
  /** Without orbits where no members are alike. */
  readonly symmetry: SlotMap;
}
