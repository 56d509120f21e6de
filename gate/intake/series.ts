import { decodeWords } from "./encoded-words.ts";
import type { Message } from "./message.ts";

/** A patch's place in its series, by its subject: `[RFC PATCH net-next v2 3/7] ...`. */
export interface SeriesPlace {
  readonly version: number;
  readonly part: number;
  readonly total: number;
}

/** What the subject of a mail says of it. */
export interface Posting extends Partial<Omit<SeriesPlace, "version">> {
  readonly version: number;
  readonly message: Message;
  readonly reply: boolean;
  /** The subject calls it a patch. */
  readonly tagged: boolean;
  /** The subject without its tags. */
  readonly title: string;
}

/** In characters; what is longer is no subject that a person wrote. */
const LONGEST_SUBJECT = 1_000;
const TAG = /\[((?:[^\][]*(?:PATCH|\bRFC\b)|[^\][]*\b\d+\/\d+)[^\][]*)\]/i;

export function postingOf(message: Message): Posting {
  const subject = decodeWords((message.subject ?? "").slice(0, LONGEST_SUBJECT));
  const tag = TAG.exec(subject)?.[1] ?? "";
  const [, part, total] = /\b(\d+)\/(\d+)\b/.exec(tag) ?? [];
  return {
    message,
    reply: /^\s*(re|aw|antw|fwd?)\s*:/i.test(subject),
    tagged: /PATCH/i.test(tag),
    title: subject.replace(/\[[^\]]*\]/g, "").trim(),
    version: Number(/(?:\b|PATCH|RFC)v(\d+)\b/i.exec(tag)?.[1] ?? 1),
    ...(part !== undefined && total !== undefined && { part: Number(part), total: Number(total) }),
  };
}

export const placeIn = ({ version, part, total }: Posting): SeriesPlace | undefined =>
  part === undefined || total === undefined ? undefined : { version, part, total };

/** The places of series of which some part is not there, each with what is missing. */
export function incomplete(places: readonly SeriesPlace[]): readonly string[] {
  const series = new Map<string, SeriesPlace[]>();
  for (const place of places) {
    const key = `${place.version} ${place.total}`;
    series.set(key, [...(series.get(key) ?? []), place]);
  }
  return [...series.values()].flatMap((own) => lacking(own) ?? []);
}

/** More parts than that no series has. */
const MAX_PARTS = 1_000;
const MAX_NAMED = 20;

/** `v2 lacks parts 1, 3 of 4`; undefined where all parts are there. */
function lacking(places: readonly SeriesPlace[]): string | undefined {
  const [{ version, total } = { version: 1, total: 0 }] = places;
  const found = new Set(places.map(({ part }) => part));
  const parts = Array.from({ length: Math.min(MAX_PARTS, total) }, (_, index) => index + 1);
  const missing = parts.filter((part) => !found.has(part));
  if (missing.length === 0) return undefined;
  const named = missing.slice(0, MAX_NAMED).join(", ") + (missing.length > MAX_NAMED ? ", ..." : "");
  return `v${version} lacks ${missing.length === 1 ? "part" : "parts"} ${named} of ${total}`;
}

export interface Selection {
  readonly chosen: readonly Posting[];
  readonly notes: readonly string[];
  /** What was left out, though nothing that was taken replaces it. */
  readonly bounds: readonly string[];
}

/** The newest version of which every part is there; where none is, the newest. */
export function newestVersion(patches: readonly Posting[]): Selection {
  const versions = [...new Set(patches.map(({ version }) => version))].sort((one, other) => other - one);
  const candidates = versions.map((version) => versionOf(patches, version));
  const taken = candidates.find(({ holes }) => holes.length === 0) ?? candidates[0];
  if (!taken) return { chosen: [], notes: [], bounds: [] };
  const newer = candidates.filter((each) => each.version > taken.version);
  return {
    chosen: taken.parts,
    notes: notesOf(taken, versions),
    bounds: [
      ...newer.flatMap(({ holes }) => holes.map((hole) => `passed over: ${hole}`)),
      ...taken.dropped.map((each) => notJudged(each, `part ${each.part} of ${each.total} is there twice`)),
      ...withoutSuccessor(patches, taken).map((each) => notJudged(each, `v${taken.version} was taken`)),
    ],
  };
}

const notJudged = ({ message }: Posting, why: string): string =>
  `not judged: '${decodeWords(message.subject ?? "")}', as ${why}`;

interface Version {
  readonly version: number;
  readonly parts: readonly Posting[];
  readonly holes: readonly string[];
  /** Other patches than those that were taken for the same part. */
  readonly dropped: readonly Posting[];
  /** Parts of which a later posting was taken. */
  readonly resent: readonly Posting[];
}

/** The parts in order, series by series; of a part that was sent twice, the later one. */
function versionOf(patches: readonly Posting[], version: number): Version {
  const own = patches.filter((each) => each.version === version);
  const totals = [...new Set(own.flatMap(({ total }) => total ?? []))];
  const numbered = totals.flatMap((total) => {
    const series = own.filter((each) => each.total === total);
    const byPart = new Map(series.map((each) => [each.part ?? 0, each]));
    return [...byPart.entries()].sort(([one], [other]) => one - other).map(([, each]) => each);
  });
  const parts = [...numbered, ...own.filter(({ part }) => part === undefined)];
  const left = own.filter((each) => !parts.includes(each));
  const [dropped, resent] = [true, false].map((isOther) =>
    left.filter((each) => !parts.some(({ title }) => title === each.title) === isOther),
  );
  const holes = incomplete(parts.flatMap((each) => placeIn(each) ?? []));
  return { version, parts, holes, dropped: dropped ?? [], resent: resent ?? [] };
}

/** Single patches of older versions whose title no patch of the version that was taken has: they are others. */
function withoutSuccessor(patches: readonly Posting[], { version, parts }: Version): readonly Posting[] {
  const titles = new Set(parts.map(({ title }) => title));
  return patches.filter(
    (each) => each.version < version && each.part === undefined && !titles.has(each.title),
  );
}

function notesOf({ version, parts, resent }: Version, versions: readonly number[]): readonly string[] {
  const several = versions.length > 1 ? [`took v${version} of v${versions.toReversed().join(", v")}`] : [];
  const twice = resent.map(({ part, total }) => `took the later of part ${part} of ${total}`);
  const ids = parts.flatMap(({ message }) => (message.messageId ? [`<${message.messageId}>`] : []));
  const read = ids.length > 0 ? [`read ${ids.join(", ")}`] : [];
  return [...several, ...twice, ...read];
}
