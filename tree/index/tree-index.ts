import { keyOf, type Store } from "../cache/store.ts";
import {
  bytesOfDirectory,
  type Directory,
  directoriesOf,
  directoryFrom,
  placesOf,
  ROLES,
  type Role,
} from "./directory.ts";
import { nameAt } from "./names.ts";
import type { Reading } from "./read-groups.ts";
import {
  callersIn,
  definitionAt,
  handlersIn,
  type Located,
  type LocatedHandler,
  type Segment,
  segmentFrom,
} from "./segment.ts";
import { changedNames, openSegments, type Segments } from "./segments.ts";

/** What stands where in a tree. */
export interface TreeIndex {
  /** Functions, macros and types of a name, in the order of their paths. */
  definitions(name: string): readonly Located[];
  /** The functions and macros that call a name; one that is called through a member begins with a dot. */
  callers(name: string): readonly Located[];
  /** What a member (`.open`) or an argument (`timer_setup/1`) is set to. */
  handlersAt(place: string): readonly LocatedHandler[];
  /** Where a function is handed on. */
  handlersOf(name: string): readonly LocatedHandler[];
  /** Files that were left out, and why: too large, or not readable. */
  readonly unread: readonly string[];
  readonly files: number;
  readonly functions: number;
  /** What it takes in the store. */
  readonly cacheBytes: number;
  /** Names its state: two of the same are alike. */
  readonly segments: readonly string[];
  /** The names that are defined otherwise than in an earlier state; undefined where that is not known. */
  changedSince(segments: readonly string[]): ReadonlySet<string> | undefined;
}

/** Of more groups that changed, comparing takes longer than it saves. */
const MAX_CHANGED = 64;

/** All that is kept of all trees takes no more, but for what the latest needs. */
const MAX_BYTES = 2 ** 30;

/** Reads a tree as it stands: of what the store knows, nothing is read again. */
export async function openTreeIndex(reading: Reading): Promise<TreeIndex> {
  const segments = await openSegments(reading);
  const { store, program } = reading;
  const keyFor = (role: Role) => keyOf("directory 1", role, program, ...segments.keys);
  const directories = new Map<Role, Directory>();
  const directory = (role: Role): Directory => {
    const known = directories.get(role) ?? keptDirectory(store, keyFor(role));
    if (known) directories.set(role, known);
    return known ?? made(role);
  };
  const made = (role: Role): Directory => {
    for (const [each, found] of directoriesOf(segments.keys.length, segments.at)) {
      directories.set(each, found);
      store?.writeBytes(keyFor(each), bytesOfDirectory(found));
    }
    store?.trim(MAX_BYTES, new Set([...segments.keys, ...ROLES.map(keyFor)]));
    return directory(role);
  };
  return {
    ...lookups(directory, remembering(segments)),
    unread: segments.unread,
    files: segments.files,
    segments: segments.keys,
    changedSince: (earlier) => changedSince(earlier, segments, store),
    get functions() {
      return directory("definitions").functions;
    },
    get cacheBytes() {
      const keys = [...segments.keys, ...ROLES.map(keyFor)];
      return keys.reduce((sum, key) => sum + (store?.sizeOf(key) ?? 0), 0);
    },
  };
}

function changedSince(
  earlier: readonly string[],
  { keys, at }: Segments,
  store: Store | undefined,
): ReadonlySet<string> | undefined {
  const [were, are] = [new Set(earlier), new Set(keys)];
  const gone = earlier.filter((key) => !are.has(key));
  const come = [...keys.keys()].filter((number) => !were.has(keys[number] ?? ""));
  if (gone.length > MAX_CHANGED || come.length > MAX_CHANGED) return undefined;
  const before = gone.flatMap((key) => {
    const bytes = store?.readBytes(key);
    return bytes ? [segmentFrom(bytes)] : [];
  });
  return before.length < gone.length ? undefined : changedNames(before, come.map(at));
}

function keptDirectory(store: Store | undefined, key: string): Directory | undefined {
  const bytes = store?.readBytes(key);
  return bytes && directoryFrom(bytes);
}

function remembering({ at }: Segments): Segments["at"] {
  const known = new Map<number, Segment>();
  return (number) => {
    const segment = known.get(number) ?? at(number);
    known.set(number, segment);
    return segment;
  };
}

type Lookups = Pick<TreeIndex, "definitions" | "callers" | "handlersAt" | "handlersOf">;

function lookups(directory: (role: Role) => Directory, at: Segments["at"]): Lookups {
  const everywhere =
    <Found>(role: Role, find: (segment: Segment, row: number, name: string) => readonly Found[]) =>
    (name: string): readonly Found[] =>
      placesOf(directory(role), name).flatMap(({ segment, row }) => find(at(segment), row, name));
  const named = <Found>(role: Role, find: (segment: Segment, row: number) => readonly Found[]) =>
    everywhere(role, (segment, row, name) => (nameAt(segment.names, row) === name ? find(segment, row) : []));
  return {
    definitions: everywhere("definitions", (segment, row, name) => {
      const found = definitionAt(segment, row);
      return found.name === name ? [found] : [];
    }),
    callers: named("callers", callersIn),
    handlersAt: named("places", (segment, row) => handlersIn(segment, "place", row)),
    handlersOf: named("functions", (segment, row) => handlersIn(segment, "function", row)),
  };
}
