import { mix } from "../../store/state-store.ts";
import type { SlotMap } from "./slot-map.ts";

/** Enough for what a member refers to, and what that refers to, to tell it apart. */
const ROUNDS = 3;
const SINGLED_OUT = 0x51ed270b;

/**
 * Chooses one of the states that differ only by an exchange of members: members are sorted by a colour
 * that says what the state knows of them (colour refinement); of those that stay alike and are
 * related to others, one is singled out and the colours are refined again. Where hashes of colours
 * collide, two such states may be kept apart: that costs states, never a verdict.
 */
export class Canonicalizer {
  readonly map: SlotMap;
  private readonly colours: Int32Array;
  private readonly sums: Int32Array;
  private readonly related: Uint8Array;
  private readonly order: number[][];
  private readonly exchanged: Int32Array;
  /** For each node, the node whose place it takes in the state chosen last. */
  readonly permutation: Int32Array;
  private readonly members: Int32Array;
  /** Per kind of slot, the slot of each owner and element. */
  private readonly places: readonly Int32Array[];

  constructor(map: SlotMap) {
    this.map = map;
    this.colours = new Int32Array(map.nodes);
    this.sums = new Int32Array(map.nodes);
    this.related = new Uint8Array(map.nodes);
    this.permutation = new Int32Array(map.nodes);
    this.exchanged = new Int32Array(map.slots.length);
    this.order = map.orbits.map(({ first, orbit }) => orbit.members.map((_, each) => first + each));
    this.members = Int32Array.from(map.orbits.flatMap(({ orbit }) => orbit.members));
    this.places = placesOf(map);
  }

  /** Replaces the values by those of the chosen state. */
  canonicalize(values: Int32Array): void {
    if (this.map.nodes === 0) return;
    this.colours.fill(0);
    this.refine(values);
    for (let tied = this.tiedAndRelated(); tied >= 0; tied = this.tiedAndRelated()) {
      this.colours[tied] = mix(this.colours[tied] as number, SINGLED_OUT);
      this.refine(values);
    }
    this.sort();
    this.exchange(values);
  }

  private refine(values: Int32Array): void {
    const { colours, sums } = this;
    for (let round = 0; round < ROUNDS; round++) {
      sums.fill(0);
      this.related.fill(0);
      this.addUp(values);
      for (let node = 0; node < colours.length; node++) {
        colours[node] = mix(colours[node] as number, sums[node] as number);
      }
    }
  }

  /** Adds what each slot says to the members that it says it of. */
  private addUp(values: Int32Array): void {
    const { colours, sums, related, map } = this;
    for (let slot = 0; slot < map.slots.length; slot++) {
      const meaning = map.slots[slot] as SlotMap["slots"][number];
      const { owner, element, ids, kind } = meaning;
      const value = values[slot] as number;
      const node = ids ? (ids[value] as number) : -1;
      if (owner < 0 && element < 0 && node < 0) continue;
      const said = mix(mix(kind + 1, 0x2545f491), node < 0 ? value : (colours[node] as number) | 1);
      const ownerColour = owner < 0 ? 1 : (colours[owner] as number);
      const elementColour = element < 0 ? 1 : (colours[element] as number);
      const all = mix(mix(said, ownerColour), elementColour);
      if (owner >= 0) sums[owner] = (sums[owner] as number) + mix(all, 3);
      if (element >= 0) sums[element] = (sums[element] as number) + mix(all, 5);
      if (node < 0) continue;
      sums[node] = (sums[node] as number) + mix(all, 7);
      related[node] = 1;
      if (owner >= 0) related[owner] = 1;
      if (element >= 0) related[element] = 1;
    }
  }

  /** A member that others of its orbit are still alike, though it is related to some member; -1 for none. */
  private tiedAndRelated(): number {
    const { colours, related, map } = this;
    for (const { first, orbit } of map.orbits) {
      const end = first + orbit.members.length;
      for (let one = first; one < end; one++) {
        if (related[one] === 0) continue;
        for (let other = one + 1; other < end; other++) if (colours[one] === colours[other]) return one;
      }
    }
    return -1;
  }

  private sort(): void {
    const { colours, order, map, permutation } = this;
    order.forEach((nodes, position) => {
      nodes.sort((one, other) => (colours[one] as number) - (colours[other] as number) || one - other);
      const { first } = map.orbits[position] as SlotMap["orbits"][number];
      for (let place = 0; place < nodes.length; place++) permutation[nodes[place] as number] = first + place;
    });
  }

  private exchange(values: Int32Array): void {
    const { exchanged, permutation, map } = this;
    for (let slot = 0; slot < values.length; slot++) {
      const { ids } = map.slots[slot] as SlotMap["slots"][number];
      const value = values[slot] as number;
      const node = ids ? (ids[value] as number) : -1;
      exchanged[this.targetOf(slot)] =
        node < 0 ? value : (this.members[permutation[node] as number] as number);
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
    places[kind] ??= new Int32Array((nodes + 1) ** 2);
    (places[kind] as Int32Array)[placeOf(owner, element, nodes)] = slot;
  });
  return places;
}

function placeOf(owner: number, element: number, nodes: number): number {
  return (owner + 1) * (nodes + 1) + element + 1;
}
