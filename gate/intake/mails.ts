import { InputError } from "../../model/input-error.ts";
import { toText } from "../../tree/text.ts";
import { parseDiff } from "../diff/parse.ts";
import type { Change, ChangeSet } from "./change.ts";
import { decodeWords } from "./encoded-words.ts";
import { type Message, readMessages } from "./message.ts";
import { diffDepth, quoteAt, readQuoted } from "./quote.ts";
import { incomplete, newestVersion, type Posting, placeIn, postingOf } from "./series.ts";

/**
 * Reads a patch file, a mail that holds or quotes a patch, or an mbox with a series.
 *
 * @throws InputError where there is no diff in it.
 */
export async function readMails(name: string, bytes: Uint8Array): Promise<ChangeSet> {
  return whole(name, [await readOne(name, bytes)]);
}

/** The same of several inputs: the parts of one series in their order, whatever the order of the inputs. */
export async function readAllMails(
  inputs: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<ChangeSet> {
  const sets: ChangeSet[] = [];
  for (const { name, bytes } of inputs) sets.push(await readOne(name, bytes));
  return whole(inputs.map(({ name }) => name).join(" "), sets);
}

/** @throws InputError where no patch is there, but perhaps a cover letter. */
function whole(name: string, sets: readonly ChangeSet[]): ChangeSet {
  const joined = inSeriesOrder(joinSets(sets));
  if (joined.changes.length === 0)
    throw new InputError(`${name}: a cover letter, and no patch of its series`);
  return withHoles(joined);
}

/** The parts of one series as they are numbered, where files bring them in another order. */
function inSeriesOrder(set: ChangeSet): ChangeSet {
  const places = set.changes.map(({ place }) => place);
  const [first] = places;
  const isOne = places.every((each) => each?.version === first?.version && each?.total === first?.total);
  if (first === undefined || !isOne) return set;
  const partOf = ({ place }: Change): number => place?.part ?? 0;
  const changes = set.changes.toSorted((one, other) => partOf(one) - partOf(other));
  if (changes.every((each, at) => each === set.changes[at])) return set;
  const order = set.changes.map(partOf).join(", ");
  return {
    ...set,
    changes,
    notes: [...set.notes, `given as parts ${order}: taken in the order of the series`],
  };
}

/** Parts of a series that none of the inputs has. */
function withHoles(set: ChangeSet): ChangeSet {
  const holes = incomplete(set.changes.flatMap(({ place }) => place ?? []));
  return { ...set, bounds: [...set.bounds, ...holes] };
}

async function readOne(name: string, bytes: Uint8Array): Promise<ChangeSet> {
  const messages = await readMessages(decodeText(name, bytes));
  const postings = messages.map(postingOf);
  const patches = postings.filter((each) => !each.reply && changeOf(each.message)?.depth === 0);
  if (patches.length > MAX_PATCHES) throw new InputError(`${name}: more than ${MAX_PATCHES} patches`);
  if (patches.length === 0) {
    const found = coverLetters(postings).length > 0 ? coverOnly(name) : quoting(name, messages);
    return { ...found, ...baseOf(messages) };
  }
  const { chosen, notes, bounds } = newestVersion(patches);
  // A cover letter has the base of its own version; those of other versions apply to something else.
  const version = chosen[0]?.version;
  const covers = postings.filter((each) => !each.reply && each.version === version);
  const base = baseOf([...chosen, ...covers].map(({ message }) => message));
  const changes = chosen.flatMap(toChange);
  const left = [
    ...bounds,
    ...changes.flatMap(missingFiles),
    ...withoutDiff(postings),
    ...unreadEnd(messages),
  ];
  return { name, changes, notes: [...notes, ...proposals(postings)], bounds: left, ...base };
}

/** The first mail of a series, which has no diff. */
const coverLetters = (postings: readonly Posting[]): readonly Posting[] =>
  postings.filter(({ reply, part, message }) => !reply && part === 0 && changeOf(message) === undefined);

const coverOnly = (name: string): ChangeSet => ({ name, changes: [], notes: [], bounds: [] });

/** Messages that are not read to their end, and of which no diff says so. */
function unreadEnd(messages: readonly Message[]): readonly string[] {
  const ends = messages.flatMap((each) =>
    changeOf(each)?.diff.unread.length ? [] : (each.body.at(-1) ?? []),
  );
  const end = ends.find(({ cut }) => cut === "input");
  return end ? [`too many lines: nothing from line ${end.number} on was read`] : [];
}

function toChange(posting: Posting): readonly Change[] {
  const change = changeOf(posting.message);
  const place = placeIn(posting);
  return change ? [{ ...change, ...(place && { place }) }] : [];
}

/** Single patches by their subject, in which no diff is found: perhaps their text is not read. */
function withoutDiff(postings: readonly Posting[]): readonly string[] {
  const lost = postings.filter(
    ({ reply, tagged, part, message }) => !reply && tagged && part === undefined && !changeOf(message),
  );
  return lost.map(({ message }) => `no diff in '${decodeWords(message.subject ?? "")}'`);
}

/** The last mail that quotes a patch. */
function quoting(name: string, messages: readonly Message[]): ChangeSet {
  const change = messages.map(postingOf).flatMap(toChange).at(-1);
  if (!change) throw new InputError(`${name}: ${lackOf(messages)}`);
  const read = change.messageId === undefined ? [] : [`read <${change.messageId}>`];
  const depth = change.depth > 0 ? [`read the diff quoted at depth ${change.depth}`] : [];
  return { name, changes: [change], notes: [...read, ...depth], bounds: [] };
}

function lackOf(messages: readonly Message[]): string {
  const end = messages.flatMap(({ body }) => body.at(-1) ?? []).find(({ cut }) => cut === "input");
  if (end) return `no diff before line ${end.number}, and nothing behind it is read: too many lines`;
  return messages.some(({ decoded }) => decoded === "html")
    ? "no diff in it but perhaps in HTML, which is not read: a patch is plain text"
    : "no diff in it (looked for hunk headings, quoted or not)";
}

/** A reply may have a diff of its own, as a proposal: the reader is told that it was not taken. */
function proposals(postings: readonly Posting[]): readonly string[] {
  const own = postings.filter((each) => each.reply && changeOf(each.message)?.depth === 0);
  return own.map(
    ({ message }) => `passed over: the diff of a reply, <${message.messageId ?? "no Message-Id"}>`,
  );
}

const changes = new WeakMap<Message, { readonly change: Change | undefined }>();

/** The change that a message holds or quotes, read once. */
function changeOf(message: Message): Change | undefined {
  const known = changes.get(message) ?? { change: readChange(message) };
  changes.set(message, known);
  return known.change;
}

function readChange(message: Message): Change | undefined {
  const lines = message.body.map(readQuoted);
  const depth = diffDepth(lines) ?? (hasGitDiff(message) ? 0 : undefined);
  if (depth === undefined) return undefined;
  // A bare patch may remove or add lines that begin with a quote's mark.
  const quote = depth === 0 ? { lines: message.body, comments: [] } : quoteAt(depth, lines);
  const diff = parseDiff(quote.lines);
  if (diff.files.length + diff.unread.length === 0) return undefined;
  const { body, decoded: _, ...described } = message;
  const label =
    (message.subject && decodeWords(message.subject)) ??
    diff.files[0]?.after ??
    diff.files[0]?.before ??
    "patch";
  return { label, ...described, diff, depth, comments: quote.comments, lines: body };
}

const hasGitDiff = ({ body }: Message): boolean => body.some(({ text }) => text.startsWith("diff --git "));

/** The first base that one of the messages names. */
function baseOf(messages: readonly Message[]): Pick<ChangeSet, "baseCommit"> {
  const lines = messages.flatMap(({ body }) => body);
  const named = lines.map((line) => /^base-commit: ([0-9a-f]{7,40})\b/.exec(readQuoted(line).text)?.[1]);
  const baseCommit = named.find((each) => each !== undefined);
  return baseCommit === undefined ? {} : { baseCommit };
}

function joinSets(sets: readonly ChangeSet[]): ChangeSet {
  const baseCommit = sets.map((each) => each.baseCommit).find(Boolean);
  return {
    name: sets.map(({ name }) => name).join(" "),
    changes: sets.flatMap(({ changes }) => changes),
    ...(baseCommit !== undefined && { baseCommit }),
    notes: sets.flatMap(({ notes }) => notes),
    bounds: sets.flatMap(({ bounds }) => bounds),
  };
}

/** Files that a patch's diffstat counts and that its diff lacks: the mail may have been cut between two files. */
function missingFiles({ label, diff, depth, lines }: Change): readonly string[] {
  const [first] = diff.files;
  if (depth > 0 || !first) return [];
  const above = lines.filter(({ number }) => number < first.input);
  const counts = above.flatMap(({ text }) => /^ (\d+) files? changed(?:,|$)/.exec(text)?.[1] ?? []);
  const counted = Number(counts.at(-1) ?? 0);
  const found = new Set(diff.files.map(({ before, after }) => after ?? before)).size;
  if (counted <= found) return [];
  return [`${label}: its diffstat counts ${counted} files, and its diff has ${found}: it may be cut off`];
}

/** No series has more patches. */
const MAX_PATCHES = 1_000;
/** No patch that a person reads is larger, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Text of an input file: UTF-8, else read byte by byte. Throws an InputError where it is too large or binary. */
function decodeText(name: string, bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    throw new InputError(`${name}: ${bytes.length} bytes; a patch may have at most ${MAX_BYTES}`);
  }
  if (bytes.includes(0)) throw new InputError(`${name}: binary data, not a patch or mail`);
  return toText(bytes);
}
