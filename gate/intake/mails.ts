import { InputError } from "../../model/input-error.ts";
import { parseDiff } from "../diff/parse.ts";
import type { Change, ChangeSet } from "./change.ts";
import { missingFiles } from "./diffstat.ts";
import { decodeWords } from "./encoded-words.ts";
import { type Message, readMessages } from "./message.ts";
import { diffDepth, quoteAt, readQuoted } from "./quote.ts";
import { newestVersion, type Posting, postingOf } from "./series.ts";
import { decodeText } from "./text.ts";

/**
 * Reads a patch file, a mail that holds or quotes a patch, or an mbox with a series. Throws an InputError
 * where there is no diff in it.
 */
export async function readMails(name: string, bytes: Uint8Array): Promise<ChangeSet> {
  const messages = await readMessages(decodeText(name, bytes));
  const postings = messages.map(postingOf);
  const patches = postings.filter((each) => !each.reply && changeOf(each.message)?.depth === 0);
  if (patches.length === 0) return { ...quoting(name, messages), ...baseOf(messages) };
  const { chosen, notes, bounds } = newestVersion(patches);
  // A cover letter has the base of its own version; those of other versions apply to something else.
  const version = chosen[0]?.version;
  const covers = postings.filter((each) => !each.reply && each.version === version);
  const base = baseOf([...chosen, ...covers].map(({ message }) => message));
  const changes = chosen.flatMap(toChange);
  const cut = changes.flatMap(missingFiles);
  return { name, changes, notes: [...notes, ...proposals(postings)], bounds: [...bounds, ...cut], ...base };
}

function toChange({ message }: Posting): readonly Change[] {
  const change = changeOf(message);
  return change ? [change] : [];
}

/** The last mail that quotes a patch. */
function quoting(name: string, messages: readonly Message[]): ChangeSet {
  const change = messages.map(changeOf).findLast((each) => each !== undefined);
  if (!change) throw new InputError(`${name}: ${lackOf(messages)}`);
  const read = change.messageId === undefined ? [] : [`read <${change.messageId}>`];
  const depth = change.depth > 0 ? [`read the diff quoted at depth ${change.depth}`] : [];
  return { name, changes: [change], notes: [...read, ...depth], bounds: [] };
}

const lackOf = (messages: readonly Message[]): string =>
  messages.some(({ decoded }) => decoded === "html")
    ? "no diff in it but perhaps in HTML, which is not read: a patch is plain text"
    : "no diff in it (looked for hunk headings, quoted or not)";

/** A reply may have a diff of its own, as a proposal: the reader is told that it was not taken. */
function proposals(postings: readonly Posting[]): readonly string[] {
  const own = postings.filter((each) => each.reply && changeOf(each.message)?.depth === 0);
  return own.map(
    ({ message }) => `passed over: the diff of a reply, <${message.messageId ?? "no Message-Id"}>`,
  );
}

function changeOf(message: Message): Change | undefined {
  const lines = message.body.map(readQuoted);
  const depth = diffDepth(lines) ?? (hasGitDiff(message) ? 0 : undefined);
  if (depth === undefined) return undefined;
  // A bare patch may remove or add lines that begin with a quote's mark.
  const quote = depth === 0 ? { lines: message.body, comments: [] } : quoteAt(depth, lines);
  const diff = parseDiff(quote.lines);
  if (diff.files.length === 0) return undefined;
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

/** Several inputs, in the order given, as one series. */
export function joinSets(sets: readonly ChangeSet[]): ChangeSet {
  const baseCommit = sets.map((each) => each.baseCommit).find(Boolean);
  return {
    name: sets.map(({ name }) => name).join(" "),
    changes: sets.flatMap(({ changes }) => changes),
    ...(baseCommit !== undefined && { baseCommit }),
    notes: sets.flatMap(({ notes }) => notes),
    bounds: sets.flatMap(({ bounds }) => bounds),
  };
}
