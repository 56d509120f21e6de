import { type Key, lockName } from "../model/c/index.ts";
import { structureOf } from "./structure-of.ts";

/**
 * A lock by its kind and its last name, by which functions that reach it otherwise may mean the same; and by the
 * structure that it is in, where the function says so: `spinlock lock of box`.
 */
export function lockIdentity(key: Key, text: string): string {
  const [, object] = /^(.+)(?:->|\.)\w+$/.exec(key.text) ?? [];
  const structure = object === undefined ? undefined : structureOf(object, text);
  return structure === undefined ? lockName(key) : `${lockName(key)}${OF}${structure}`;
}

const OF = " of ";

/** The name and the structure of an identity. */
export function partsOfLock(lock: string): { readonly name: string; readonly structure?: string } {
  const [name = lock, structure] = lock.split(OF);
  return { name, ...(structure !== undefined && { structure }) };
}

/** Locks of one name may be one, but for those of two structures. */
export function isSameLock(one: string, other: string): boolean {
  const [first, second] = [partsOfLock(one), partsOfLock(other)];
  const differ = first.structure !== undefined && second.structure !== undefined;
  return first.name === second.name && !(differ && first.structure !== second.structure);
}

/** Locks as functions may mean them. */
export class Locks {
  readonly #structures = new Map<string, Set<string | undefined>>();

  add(lock: string): void {
    const { name, structure } = partsOfLock(lock);
    const known = this.#structures.get(name);
    if (known) known.add(structure);
    else this.#structures.set(name, new Set([structure]));
  }

  /** Whether one of them may be this lock. */
  has(lock: string): boolean {
    const { name, structure } = partsOfLock(lock);
    const known = this.#structures.get(name);
    return known !== undefined && (structure === undefined || known.has(undefined) || known.has(structure));
  }
}
