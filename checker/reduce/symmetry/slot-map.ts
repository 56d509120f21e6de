import { type Domain, TASK } from "../../../model/ir/domain.ts";
import { slotsOf } from "../../ground/slots.ts";
import type { Problem } from "../../problem.ts";
import { mix } from "../../store/state-store.ts";
import type { Orbit } from "./symmetric-sets.ts";

const SALT = 0x2545f491;

/**
 * What the slots of a state say, in terms of the members that may be exchanged: each is numbered, from 0, as
 * a node. In columns, by slot.
 */
export interface SlotMap {
  /** Members of all orbits, one orbit after the other. */
  readonly nodes: number;
  readonly orbits: readonly { readonly first: number; readonly orbit: Orbit }[];
  /** The same for slots that differ only in whose they are: a number of the variable and its fixed parts. */
  readonly kinds: Int32Array;
  /** Hashes of the kinds. */
  readonly salts: Int32Array;
  /** The task that it belongs to, where that may be exchanged; -1 otherwise. */
  readonly owners: Int32Array;
  /** The member that its element belongs to; -1 where that is fixed. */
  readonly elements: Int32Array;
  /** Where its values are ids that may be exchanged: the node by value, -1 for none and fixed ones. */
  readonly ids: readonly (Int32Array | undefined)[];
  /** Number of a member of a set; -1 where it is not exchanged. */
  nodeOf(set: string, member: number): number;
}

interface SlotMeaning {
  readonly kind: number;
  readonly owner: number;
  readonly element: number;
  readonly ids: Int32Array | undefined;
}

export function slotMapOf({ model, layout }: Problem, orbits: readonly Orbit[]): SlotMap {
  const numbering = numberNodes(orbits);
  const kinds = new Map<string, number>();
  const kindOf = (...parts: readonly (string | number)[]) => {
    const key = parts.join(" ");
    const known = kinds.get(key) ?? kinds.size;
    kinds.set(key, known);
    return known;
  };
  const slots: SlotMeaning[] = [];
  const programs = model.tasks.flatMap(({ program, count }) => Array<string>(count).fill(program));
  layout.locations.forEach((_, position) => {
    const owner = numbering.nodeOf(TASK, position + 1);
    const kind = kindOf("location", programs[position] ?? "", owner < 0 ? position : "");
    slots.push({ kind, owner, element: -1, ids: undefined });
  });
  for (const { variable, task, firstIndex, slots: own } of layout.variables) {
    const owner = task === 0 ? -1 : numbering.nodeOf(TASK, task);
    const ids = idsOf(variable.domain, numbering, own[0]?.max ?? 0);
    own.forEach((_, offset) => {
      const index = firstIndex + offset;
      const element = variable.index ? elementOf(variable.index, index, numbering) : -1;
      const kind = kindOf("variable", variable.name, owner < 0 ? task : "", element < 0 ? index : "");
      slots.push({ kind, owner, element, ids });
    });
  }
  if (slots.length !== slotsOf(layout).all.length) throw new Error("the slots are not those of the layout");
  return { ...numbering, ...columnsOf(slots) };
}

type Numbering = Pick<SlotMap, "nodes" | "orbits" | "nodeOf">;

function columnsOf(slots: readonly SlotMeaning[]) {
  return {
    kinds: Int32Array.from(slots, ({ kind }) => kind),
    salts: Int32Array.from(slots, ({ kind }) => mix(kind + 1, SALT)),
    owners: Int32Array.from(slots, ({ owner }) => owner),
    elements: Int32Array.from(slots, ({ element }) => element),
    ids: slots.map(({ ids }) => ids),
  };
}

function numberNodes(orbits: readonly Orbit[]): Numbering {
  const numbers = new Map<string, number>();
  const numbered = orbits.map((orbit) => {
    const first = numbers.size;
    for (const member of orbit.members) numbers.set(`${orbit.set} ${member}`, numbers.size);
    return { first, orbit };
  });
  return {
    nodes: numbers.size,
    orbits: numbered,
    nodeOf: (set, member) => numbers.get(`${set} ${member}`) ?? -1,
  };
}

function elementOf(index: Domain, value: number, { nodeOf }: Numbering): number {
  return index.kind === "id" ? nodeOf(index.set, value) : -1;
}

function idsOf(domain: Domain, { nodeOf }: Numbering, max: number): Int32Array | undefined {
  if (domain.kind !== "id") return undefined;
  const ids = Int32Array.from({ length: max + 1 }, (_, value) => nodeOf(domain.set, value));
  return ids.some((node) => node >= 0) ? ids : undefined;
}

/** The node that a slot's value names; -1 where it names none. */
export function nodeIn({ ids }: SlotMap, slot: number, value: number): number {
  const nodes = ids[slot];
  return nodes ? (nodes[value] as number) : -1;
}

/** For each kind, the slots by owner and element: see `positionIn`. */
export function slotsByPosition({ kinds, owners, elements, nodes }: SlotMap): Int32Array {
  const most = kinds.reduce((sum, kind) => Math.max(sum, kind), -1) + 1;
  const slots = new Int32Array(most * (nodes + 1) ** 2).fill(-1);
  kinds.forEach((kind, slot) => {
    slots[positionIn(nodes, kind, owners[slot] as number, elements[slot] as number)] = slot;
  });
  return slots;
}

export function positionIn(nodes: number, kind: number, owner: number, element: number): number {
  return (kind * (nodes + 1) + owner + 1) * (nodes + 1) + element + 1;
}
