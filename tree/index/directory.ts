import { deserialize, serialize } from "node:v8";
import { countOf, hashOf, nameAt } from "./names.ts";
import { countFunctions, type Segment } from "./segment.ts";

/** What names are looked up for. */
export const ROLES = ["definitions", "callers", "places", "functions"] as const;
export type Role = (typeof ROLES)[number];

/** In which segments names stand, by the first bits of their hashes; two names may have one hash. */
export interface Directory {
  /** Of each group of hashes the first entry; one more for the end. */
  readonly first: Uint32Array;
  readonly hashes: Uint32Array;
  readonly segments: Uint32Array;
  /** A row of the segment's definitions; in other roles the number of the name there. */
  readonly rows: Uint32Array;
  /** Functions of all segments. */
  readonly functions: number;
}

export const bytesOfDirectory = (directory: Directory): Buffer => serialize(directory);
/** @param bytes what `bytesOfDirectory` made. */
export const directoryFrom = (bytes: Uint8Array): Directory => deserialize(bytes) as Directory;

/** The directories of all roles, for so many segments. */
export function directoriesOf(count: number, at: (number: number) => Segment): ReadonlyMap<Role, Directory> {
  const entries = ROLES.map((role) => ({ role, segments: [] as Entries[] }));
  let functions = 0;
  for (let number = 0; number < count; number++) {
    const segment = at(number);
    functions += countFunctions(segment);
    for (const { role, segments } of entries) segments.push(entriesOf(segment, role));
  }
  return new Map(entries.map(({ role, segments }) => [role, directoryOf(segments, functions)]));
}

const GROUP_BITS = 18;
const groupOf = (hash: number): number => hash >>> (32 - GROUP_BITS);

/** The names of one segment in a role. */
interface Entries {
  readonly hashes: Uint32Array;
  readonly rows: Uint32Array;
}

function entriesOf(segment: Segment, role: Role): Entries {
  const rows = rowsOf(segment, role);
  const { names, definitions } = segment;
  const nameOf = (row: number) => nameAt(names, role === "definitions" ? (definitions.name[row] ?? 0) : row);
  return { rows, hashes: Uint32Array.from(rows, (row) => hashOf(nameOf(row))) };
}

function rowsOf({ names, definitions, calls, handlers }: Segment, role: Role): Uint32Array {
  if (role === "definitions") return Uint32Array.from(definitions.name, (_, row) => row);
  const isUsed = new Uint8Array(countOf(names));
  const used = { callers: calls.all, places: handlers.place, functions: handlers.function }[role];
  for (const name of used) isUsed[name] = 1;
  return Uint32Array.from(used.length > 0 ? isUsed.keys() : []).filter((name) => isUsed[name] === 1);
}

/** @param segments the entries of each, in their order. */
function directoryOf(segments: readonly Entries[], functions: number): Directory {
  const first = new Uint32Array((1 << GROUP_BITS) + 1);
  const countIn = (group: number) => {
    first[group + 1] = (first[group + 1] ?? 0) + 1;
  };
  for (const { hashes } of segments) for (const hash of hashes) countIn(groupOf(hash));
  for (let group = 0; group < 1 << GROUP_BITS; group++)
    first[group + 1] = (first[group + 1] ?? 0) + (first[group] ?? 0);
  const count = first[1 << GROUP_BITS] ?? 0;
  const all = {
    hashes: new Uint32Array(count),
    segments: new Uint32Array(count),
    rows: new Uint32Array(count),
  };
  const next = first.slice();
  for (const [number, { hashes, rows }] of segments.entries()) {
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at] ?? 0;
      const group = groupOf(hash);
      const place = next[group] ?? 0;
      next[group] = place + 1;
      all.hashes[place] = hash;
      all.segments[place] = number;
      all.rows[place] = rows[at] ?? 0;
    }
  }
  return { first, ...all, functions };
}

/** The segments and rows where a name may stand, in the order of the segments. */
export function placesOf(
  { first, hashes, segments, rows }: Directory,
  name: string,
): readonly { readonly segment: number; readonly row: number }[] {
  const hash = hashOf(name);
  const group = groupOf(hash);
  const found: { segment: number; row: number }[] = [];
  for (let at = first[group] ?? 0; at < (first[group + 1] ?? 0); at++) {
    if (hashes[at] === hash) found.push({ segment: segments[at] ?? 0, row: rows[at] ?? 0 });
  }
  return found;
}
