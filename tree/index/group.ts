import { keyOf, type Store } from "../cache/store.ts";
import type { FileFacts } from "./facts.ts";
import { hashOf } from "./names.ts";
import { factsOf } from "./scan.ts";
import { bytesOfSegment, segmentOf } from "./segment.ts";
import { MAX_SOURCE_BYTES, type Place, readSources, type Source } from "./sources.ts";

/** Files a group, about: of more, too many would be read again where one changes. */
const FILES_A_GROUP = 64;

/**
 * Files that are neighbours in the order of their paths. Where one group ends depends on the paths alone, so that a
 * file which comes or goes changes one group.
 */
export function groupsOf(sources: readonly Source[]): readonly (readonly Source[])[] {
  const groups: Source[][] = [];
  let open: Source[] = [];
  for (const source of sources) {
    open.push(source);
    if (hashOf(source.path) % FILES_A_GROUP !== 0) continue;
    groups.push(open);
    open = [];
  }
  return open.length > 0 ? [...groups, open] : groups;
}

/** Of a file that cannot be read, or is too large. */
export const UNREAD = "-";

/** Where groups are read from, and where what they come to is kept. */
export interface GroupSource {
  readonly place: Place;
  readonly store: Store | undefined;
  /** Names the program that scans them: what another one found is not believed. */
  readonly program: string;
}

/** What a thread that reads groups is started with. */
export interface Assignment extends Pick<GroupSource, "place" | "program"> {
  /** Where the store keeps its entries. */
  readonly directory: string | undefined;
}

/** @param ids by the files of the group; `UNREAD` for one that has none. */
export const segmentKey = (program: string, group: readonly Source[], ids: readonly string[]): string =>
  keyOf("segment 1", program, ...group.flatMap(({ path }, at) => [path, ids[at] ?? UNREAD]));

/** A group whose files were read. */
export interface ReadGroup {
  readonly key: string;
  readonly ids: readonly string[];
  /** Its segment. */
  readonly bytes: Uint8Array;
}

/** Reads and scans a group; where the store has what these files come to, they are not scanned. */
export function readGroup({ place, store, program }: GroupSource, group: readonly Source[]): ReadGroup {
  const contents = readSources(place, group);
  const ids = group.map(({ path }) => contents.get(path)?.id ?? UNREAD);
  const key = segmentKey(program, group, ids);
  const known = store?.readBytes(key);
  if (known) return { key, ids, bytes: known };
  const facts = group.flatMap(({ path }): readonly FileFacts[] => {
    const bytes = contents.get(path)?.bytes;
    return bytes && bytes.length <= MAX_SOURCE_BYTES ? [factsOf(path, bytes.toString("latin1"))] : [];
  });
  const bytes = bytesOfSegment(segmentOf(facts));
  store?.writeBytes(key, bytes);
  return { key, ids, bytes };
}
