import { mix } from "../../store/state-store.ts";
import { nodeIn, type SlotMap } from "./slot-map.ts";

/** Enough for what a member refers to, and what that refers to, to tell it apart. */
const ROUNDS = 3;
const SINGLED_OUT = 0x51ed270b;

/**
 * Colour refinement: gives each member a hash of what the state says of it, then of whom it is related to.
 * Exchanging members exchanges their colours.
 */
export class Colours {
  readonly of: Int32Array;
  private readonly map: SlotMap;
  private readonly sums: Int32Array;
  private readonly related: Uint8Array;
  /** Slots that relate members to each other in this state. */
  private readonly relations: Int32Array;
  private count = 0;

  constructor(map: SlotMap) {
    this.map = map;
    this.of = new Int32Array(map.nodes);
    this.sums = new Int32Array(map.nodes);
    this.related = new Uint8Array(map.nodes);
    this.relations = new Int32Array(map.kinds.length);
  }

  /** Colours the state's members. */
  paint(values: Int32Array): void {
    this.of.fill(0);
    this.related.fill(0);
    this.count = 0;
    this.paintEach(values);
    this.refine(values);
    for (let tied = this.tied(); tied >= 0; tied = this.tied()) {
      this.of[tied] = mix(this.of[tied] as number, SINGLED_OUT);
      this.refine(values);
    }
  }

  /** By what is said of a member alone; the rest is put by. */
  private paintEach(values: Int32Array): void {
    const { of, related } = this;
    const { owners, elements, salts } = this.map;
    for (let slot = 0; slot < owners.length; slot++) {
      const [owner, element] = [owners[slot] as number, elements[slot] as number];
      const value = values[slot] as number;
      const node = nodeIn(this.map, slot, value);
      const single = owner < 0 ? element : element < 0 ? owner : -1;
      if (node < 0 && single >= 0) {
        of[single] = (of[single] as number) + mix(mix(salts[slot] as number, value), 1);
      } else if (node >= 0 || (owner >= 0 && value !== 0)) {
        this.relations[this.count++] = slot;
        if (owner >= 0) related[owner] = 1;
        if (element >= 0) related[element] = 1;
        if (node >= 0) related[node] = 1;
      }
    }
  }

  private refine(values: Int32Array): void {
    const { of, sums } = this;
    for (let round = 0; round < ROUNDS && this.count > 0; round++) {
      sums.fill(0);
      for (let each = 0; each < this.count; each++) this.relate(this.relations[each] as number, values);
      for (let node = 0; node < of.length; node++) of[node] = mix(of[node] as number, sums[node] as number);
    }
  }

  /** Tells each member of a relation the colours of the others. */
  private relate(slot: number, values: Int32Array): void {
    const { of, sums } = this;
    const { owners, elements, salts } = this.map;
    const [owner, element] = [owners[slot] as number, elements[slot] as number];
    const value = values[slot] as number;
    const node = nodeIn(this.map, slot, value);
    let said = mix(salts[slot] as number, node < 0 ? value : (of[node] as number));
    said = mix(said, owner < 0 ? 1 : (of[owner] as number));
    said = mix(said, element < 0 ? 1 : (of[element] as number));
    if (owner >= 0) sums[owner] = (sums[owner] as number) + mix(said, 3);
    if (element >= 0) sums[element] = (sums[element] as number) + mix(said, 5);
    if (node >= 0) sums[node] = (sums[node] as number) + mix(said, 7);
  }

  /** A member with relations that looks like another of its orbit, of the least such colour; -1 where there is none. */
  private tied(): number {
    const { of, map } = this;
    let found = -1;
    for (const { first, orbit } of map.orbits) {
      for (let one = first; one < first + orbit.members.length; one++) {
        const less = found < 0 || (of[one] as number) < (of[found] as number);
        if (less && this.isTied(one, first + orbit.members.length)) found = one;
      }
    }
    return found;
  }

  private isTied(one: number, end: number): boolean {
    if (this.related[one] === 0) return false;
    for (let other = one + 1; other < end; other++) if (this.of[one] === this.of[other]) return true;
    return false;
  }
}
