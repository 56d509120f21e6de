import { add } from "../../model/multimap.ts";
import type { Store } from "../cache/store.ts";
import { groupsOf, type ReadGroup, readGroup, segmentKey, UNREAD } from "./group.ts";
import { keepManifest, openManifest } from "./manifest.ts";
import { type Reading, readGroups } from "./read-groups.ts";
import { definitionAt, type Segment, segmentFrom } from "./segment.ts";
import { listSources, MAX_SOURCE_BYTES, type Place, type Source } from "./sources.ts";

/** The segments of a tree as it stands. */
export interface Segments {
  /** What each is kept under in the store. */
  readonly keys: readonly string[];
  /** Files that were left out, and why: too large, or not readable. */
  readonly unread: readonly string[];
  readonly files: number;
  at(number: number): Segment;
}

/** Reads what the store does not have. */
export async function openSegments(reading: Reading): Promise<Segments> {
  const { place, store } = reading;
  const listed = Date.now();
  const listing = listSources(place);
  const groups = groupsOf(listing.sources);
  const ids = knownIds(groups, place, store);
  const keys = groups.map((group, number) =>
    ids[number] ? segmentKey(reading.program, group, ids[number]) : undefined,
  );
  const missing = [...groups.keys()].filter((number) => !isKept(store, keys[number]));
  const files = listing.sources.length;
  let done = files - missing.reduce((sum, number) => sum + (groups[number]?.length ?? 0), 0);
  reading.onRead?.(done, files);
  const memory = new Map<number, Uint8Array>();
  const taken = (at: number, { key, ids: read, bytes }: ReadGroup) => {
    const number = missing[at] ?? 0;
    ids[number] = read;
    keys[number] = key;
    if (!isKept(store, key)) memory.set(number, bytes);
    done += read.length;
    reading.onRead?.(done, files);
  };
  await readGroups(
    missing.map((number) => groups[number] ?? []),
    reading,
    taken,
  );
  const found = groups.flatMap((group, number) =>
    group.map((source, at) => ({ source, id: ids[number]?.[at] ?? UNREAD })),
  );
  if (store && place.kind === "folder" && missing.length > 0)
    keepManifest(store, place.root, found.filter(isSure), listed);
  return {
    keys: keys.map((key = "") => key),
    unread: [...listing.unread, ...found.flatMap(whyUnread)],
    files,
    at: segmentReader(groups, keys, memory, reading),
  };
}

const isKept = (store: Store | undefined, key: string | undefined): boolean =>
  key !== undefined && store !== undefined && store.sizeOf(key) > 0;

/** For each group the ids of its files, where all are known. */
function knownIds(
  groups: readonly (readonly Source[])[],
  place: Place,
  store: Store | undefined,
): (readonly string[] | undefined)[] {
  const manifest = place.kind === "folder" ? openManifest(store, place.root) : undefined;
  return groups.map((group) => {
    const ids = group.flatMap((source) => source.id ?? manifest?.idOf(source) ?? []);
    return ids.length === group.length ? ids : undefined;
  });
}

type Found = { readonly source: Source; readonly id: string };

const isLarge = ({ stamps: [size = 0] }: Source): boolean => size > MAX_SOURCE_BYTES;
/** What could not be read may be readable another time. */
const isSure = ({ source, id }: Found): boolean => id !== UNREAD || isLarge(source);

const whyUnread = ({ source, id }: Found): readonly string[] =>
  id === UNREAD ? [`${source.path}: ${isLarge(source) ? "more than 1 MiB" : "not readable"}`] : [];

/** An entry may have gone from the store since: its files are read again. */
function segmentReader(
  groups: readonly (readonly Source[])[],
  keys: readonly (string | undefined)[],
  memory: ReadonlyMap<number, Uint8Array>,
  reading: Reading,
): Segments["at"] {
  return (number) => {
    const bytes = memory.get(number) ?? reading.store?.readBytes(keys[number] ?? "");
    return segmentFrom(bytes ?? readGroup(reading, groups[number] ?? []).bytes);
  };
}

/** Names that some files define otherwise than they did; where a definition stands in its file does not count. */
export function changedNames(before: readonly Segment[], after: readonly Segment[]): ReadonlySet<string> {
  const [were, are] = [rowsByName(before), rowsByName(after)];
  const names = new Set([...were.keys(), ...are.keys()]);
  return new Set([...names].filter((name) => were.get(name)?.join() !== are.get(name)?.join()));
}

function rowsByName(segments: readonly Segment[]): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, string[]>();
  for (const segment of segments) {
    for (const [row] of segment.definitions.name.entries()) {
      const { from, to, body, ...definition } = definitionAt(segment, row);
      add(rows, definition.name, JSON.stringify([to - from, body - from, definition]));
    }
  }
  return rows;
}
