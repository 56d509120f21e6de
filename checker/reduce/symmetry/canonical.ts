import { Colours } from "./colours.ts";
import { nodeIn, positionIn, type SlotMap, slotsByPosition } from "./slot-map.ts";

/**
 * Chooses one of the states that differ only by an exchange of members, by sorting them by colour. Where
 * hashes of colours collide, two such states may be kept apart: that costs states, never a verdict.
 */
export class Canonicalizer {
  readonly map: SlotMap;
  /** For each node, the node whose place it takes in the state chosen last. */
  readonly permutation: Int32Array;
  private readonly colours: Colours;
  private readonly order: Int32Array;
  private readonly members: Int32Array;
  private readonly exchanged: Int32Array;
  private readonly slots: Int32Array;

  constructor(map: SlotMap) {
    this.map = map;
    this.permutation = Int32Array.from({ length: map.nodes }, (_, node) => node);
    this.colours = new Colours(map);
    this.order = this.permutation.slice();
    this.members = Int32Array.from(map.orbits.flatMap(({ orbit }) => orbit.members));
    this.exchanged = new Int32Array(map.kinds.length);
    this.slots = slotsByPosition(map);
  }

  /** Replaces the values by those of the chosen state. */
  canonicalize(values: Int32Array): void {
    if (this.map.nodes === 0) return;
    this.colours.paint(values);
    let moved = false;
    for (const { first, orbit } of this.map.orbits) {
      if (this.sort(first, first + orbit.members.length)) moved = true;
    }
    if (moved) this.exchange(values);
  }

  /** Sorts the nodes of one orbit by colour; false where they are sorted already. */
  private sort(first: number, end: number): boolean {
    const { order, permutation } = this;
    const colours = this.colours.of;
    let moved = false;
    for (let next = first; next < end; next++) {
      let place = next;
      for (; place > first; place--) {
        const before = order[place - 1] as number;
        if ((colours[before] as number) <= (colours[next] as number)) break;
        order[place] = before;
        moved = true;
      }
      order[place] = next;
    }
    for (let place = first; place < end; place++) permutation[order[place] as number] = place;
    return moved;
  }

  private exchange(values: Int32Array): void {
    const { exchanged, permutation, members, map } = this;
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot] as number;
      const node = nodeIn(map, slot, value);
      exchanged[this.targetOf(slot)] = node < 0 ? value : (members[permutation[node] as number] as number);
    }
    values.set(exchanged);
  }

  /** The slot of the same kind that belongs to the members put in place of this one's. */
  private targetOf(slot: number): number {
    const { owners, elements, kinds, nodes } = this.map;
    const [owner, element] = [owners[slot] as number, elements[slot] as number];
    if (owner < 0 && element < 0) return slot;
    const [to, at] = [this.placeOf(owner), this.placeOf(element)];
    return this.slots[positionIn(nodes, kinds[slot] as number, to, at)] as number;
  }

  private placeOf(node: number): number {
    return node < 0 ? -1 : (this.permutation[node] as number);
  }
}
