import { Colours } from "./colours.ts";
import type { SlotMap } from "./slot-map.ts";

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
  /** Per kind of slot, the slot of each owner and element. */
  private readonly places: readonly Int32Array[];

  constructor(map: SlotMap) {
    this.map = map;
    this.permutation = Int32Array.from({ length: map.nodes }, (_, node) => node);
    this.colours = new Colours(map);
    this.order = this.permutation.slice();
    this.members = Int32Array.from(map.orbits.flatMap(({ orbit }) => orbit.members));
    this.exchanged = new Int32Array(map.slots.length);
    this.places = placesOf(map);
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
      const { ids } = map.slots[slot] as SlotMap["slots"][number];
      const value = values[slot] as number;
      const node = ids ? (ids[value] as number) : -1;
      exchanged[this.targetOf(slot)] = node < 0 ? value : (members[permutation[node] as number] as number);
    }
    values.set(exchanged);
  }

  /** The slot of the same kind that belongs to the members put in place of this one's. */
  private targetOf(slot: number): number {
    const { owner, element, kind } = this.map.slots[slot] as SlotMap["slots"][number];
    if (owner < 0 && element < 0) return slot;
    const places = this.places[kind] as Int32Array;
    return places[placeOf(this.place(owner), this.place(element), this.map.nodes)] as number;
  }

  private place(node: number): number {
    return node < 0 ? -1 : (this.permutation[node] as number);
  }
}

function placesOf({ slots, nodes }: SlotMap): readonly Int32Array[] {
  const places: Int32Array[] = [];
  slots.forEach(({ kind, owner, element }, slot) => {
    const own = places[kind] ?? new Int32Array((nodes + 1) ** 2);
    places[kind] = own;
    own[placeOf(owner, element, nodes)] = slot;
  });
  return places;
}

function placeOf(owner: number, element: number, nodes: number): number {
  return (owner + 1) * (nodes + 1) + element + 1;
}
