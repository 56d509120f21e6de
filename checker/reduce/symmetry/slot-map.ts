import { type Domain, TASK } from "../../../model/ir/domain.ts";
import { slotsOf } from "../../ground/slots.ts";
import type { Problem } from "../../problem.ts";
import { mix } from "../../store/state-store.ts";
import type { Orbit } from "./symmetric-sets.ts";

const SALT = 0x2545f491;

/** What a slot of a state says, in terms of the members that may be exchanged: each is numbered, from 0. */
export interface SlotMap {
  /** Members of all orbits, one orbit after the other. */
  readonly nodes: number;
  readonly orbits: readonly { readonly first: number; readonly orbit: Orbit }[];
  readonly slots: readonly SlotMeaning[];
  /** Number of a member of a set; -1 where it is not exchanged. */
  nodeOf(set: string, member: number): number;
}

export interface SlotMeaning {
  /** The same for slots that differ only in whose they are: a number of the variable and its fixed parts. */
  readonly kind: number;
  /** A hash of the kind. */
  readonly salt: number;
  /** The task that it belongs to, where that may be exchanged; -1 otherwise. */
  readonly owner: number;
  /** The member that its element belongs to; -1 where that is fixed. */
  readonly element: number;
  /** Where its values are ids that may be exchanged: the node by value, -1 for none and fixed ones. */
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
    slots.push({ kind, salt: mix(kind + 1, SALT), owner, element: -1, ids: undefined });
  });
  for (const { variable, task, firstIndex, slots: own } of layout.variables) {
    const owner = task === 0 ? -1 : numbering.nodeOf(TASK, task);
    const ids = idsOf(variable.domain, numbering, own[0]?.max ?? 0);
    own.forEach((_, offset) => {
      const index = firstIndex + offset;
      const element = variable.index ? elementOf(variable.index, index, numbering) : -1;
      const kind = kindOf("variable", variable.name, owner < 0 ? task : "", element < 0 ? index : "");
      slots.push({ kind, salt: mix(kind + 1, SALT), owner, element, ids });
    });
  }
  if (slots.length !== slotsOf(layout).all.length) throw new Error("the slots are not those of the layout");
  return { ...numbering, slots };
}

type Numbering = Omit<SlotMap, "slots">;

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
