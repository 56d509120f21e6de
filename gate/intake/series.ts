import { decodeWords } from "./encoded-words.ts";
import type { Message } from "./message.ts";

/** What the subject of a mail says of its place: `[RFC PATCH net-next v2 3/7] ...`. */
export interface Posting {
  readonly message: Message;
  readonly reply: boolean;
  readonly version: number;
  readonly part?: number;
  readonly total?: number;
}

/** In characters; what is longer is no subject that a person wrote. */
const LONGEST_SUBJECT = 1_000;

export function postingOf(message: Message): Posting {
  const subject = decodeWords((message.subject ?? "").slice(0, LONGEST_SUBJECT));
  const tag = /\[([^\][]*\bPATCH\b[^\][]*)\]/i.exec(subject)?.[1] ?? "";
  const [, part, total] = /\b(\d+)\/(\d+)\b/.exec(tag) ?? [];
  return {
    message,
    reply: /^\s*(re|aw|antw|fwd?)\s*:/i.test(subject),
    version: Number(/\bv(\d+)\b/i.exec(tag)?.[1] ?? 1),
    ...(part !== undefined && total !== undefined && { part: Number(part), total: Number(total) }),
  };
}

export interface Selection {
  readonly chosen: readonly Posting[];
  readonly notes: readonly string[];
  readonly bounds: readonly string[];
}

/** The newest version of which every part is there; where none is, the newest, with its holes as bounds. */
export function newestVersion(patches: readonly Posting[]): Selection {
  const versions = [...new Set(patches.map(({ version }) => version))].sort((one, other) => other - one);
  const candidates = versions.map((version) => versionOf(patches, version));
  const complete = candidates.find(({ missing }) => missing.length === 0);
  const taken = complete ?? candidates[0];
  if (!taken) return { chosen: [], notes: [], bounds: [] };
  const left = candidates.filter((each) => each.version > taken.version);
  return {
    chosen: taken.parts,
    notes: describe(taken, versions, left),
    bounds: taken.missing.length > 0 && patches.length > 1 ? [lacking(taken)] : [],
  };
}

interface Version {
  readonly version: number;
  readonly parts: readonly Posting[];
  readonly missing: readonly number[];
}

/** The parts in order; of a part that was sent twice, the later one. */
function versionOf(patches: readonly Posting[], version: number): Version {
  const own = patches.filter((each) => each.version === version);
  const numbered = new Map(own.map((each) => [each.part, each]));
  const loose = own.filter(({ part }) => part === undefined);
  const total = Math.min(1_000, Math.max(0, ...own.map((each) => each.total ?? 0)));
  const expected = Array.from({ length: total }, (_, index) => index + 1);
  const parts = expected.flatMap((part) => numbered.get(part) ?? []);
  return { version, parts: [...parts, ...loose], missing: expected.filter((part) => !numbered.has(part)) };
}

function describe(taken: Version, versions: readonly number[], left: readonly Version[]): readonly string[] {
  const several =
    versions.length > 1 ? [`took v${taken.version} of v${versions.toReversed().join(", v")}`] : [];
  const ids = taken.parts.flatMap(({ message }) => (message.messageId ? [`<${message.messageId}>`] : []));
  const read = ids.length > 0 ? [`read ${ids.join(", ")}`] : [];
  return [...several, ...left.map((each) => `passed over: ${lacking(each)}`), ...read];
}

const lacking = ({ version, missing }: Version): string =>
  `v${version} lacks part ${missing.slice(0, 20).join(", ")}${missing.length > 20 ? ", ..." : ""}`;
