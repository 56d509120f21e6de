import { InputError } from "../../model/input-error.ts";
import type { InputLine } from "../diff/diff.ts";
import { MAX_LINES, toLines } from "./quote.ts";

/** A mail, or a bare patch, which has no headers. */
export interface Message {
  readonly subject?: string;
  readonly from?: string;
  readonly date?: string;
  readonly messageId?: string;
  /** Who else it went to: To and Cc, as they are written. */
  readonly recipients?: string;
  readonly body: readonly InputLine[];
  /** How the body was encoded, where its lines are numbered as decoded; absent where they are the input's. */
  readonly decoded?: string;
}

/** Reads one message. */
async function readMessage(lines: readonly InputLine[]): Promise<Message> {
  const start = lines[0]?.text.startsWith("From ") ? 1 : 0;
  const end = lines.findIndex((line, at) => at > start && line.text === "");
  const head = lines.slice(start, end < 0 ? lines.length : end);
  const headers = unfold(head);
  if (!isMail(headers, head[0]?.text ?? "")) return archived(lines);
  const message = { ...described(headers), body: end < 0 ? [] : lines.slice(end + 1) };
  // Its markup is no code.
  if (/^text\/html\b/i.test(headers.get("content-type") ?? ""))
    return { ...message, body: [], decoded: "html" };
  const encoding = encodingOf(headers);
  return encoding === undefined ? message : decode(message, encoding, lines.slice(start));
}

const isMail = (headers: Headers, first: string): boolean =>
  /^[A-Za-z][\w-]*:(\s|$)/.test(first) && ["subject", "from", "message-id"].some((name) => headers.has(name));

type Headers = ReadonlyMap<string, string>;

function unfold(head: readonly InputLine[]): Headers {
  const headers = new Map<string, string>();
  let name = "";
  for (const { text } of head) {
    const match = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(text);
    if (match) name = match[1]?.toLowerCase() ?? "";
    const value = match?.[2] ?? text.trim();
    headers.set(name, match || !headers.has(name) ? value : `${headers.get(name)} ${value}`);
  }
  return headers;
}

function described(headers: Headers): Omit<Message, "body"> {
  const [subject, from, date] = ["subject", "from", "date"].map((name) => headers.get(name));
  const messageId = headers.get("message-id")?.replace(/^<|>$/g, "");
  const recipients = ["to", "cc"].flatMap((name) => headers.get(name) || []).join(", ");
  return {
    ...(subject !== undefined && { subject }),
    ...(from !== undefined && { from }),
    ...(date !== undefined && { date }),
    ...(messageId !== undefined && { messageId }),
    ...(recipients !== "" && { recipients }),
  };
}

function encodingOf(headers: Headers): string | undefined {
  const transfer = headers.get("content-transfer-encoding")?.toLowerCase().trim();
  if (transfer === "base64" || transfer === "quoted-printable") return transfer;
  const type = headers.get("content-type")?.toLowerCase() ?? "";
  if (type.startsWith("multipart/")) return "multipart";
  return type.includes("format=flowed") ? "flowed" : undefined;
}

async function decode(message: Message, encoding: string, lines: readonly InputLine[]): Promise<Message> {
  const cut = lines.find((line) => line.cut !== undefined);
  if (cut) throw new InputError(`line ${cut.number}: a mail that is too large to be decoded`);
  const parsed = await parseMime(lines.map(({ text }) => text).join("\n"));
  const attached = parsed.attachments.filter(({ mimeType, filename }) =>
    /patch|diff|text\/plain/.test(`${mimeType} ${filename ?? ""}`),
  );
  const texts = attached.map(({ content }) =>
    typeof content === "string" ? content : new TextDecoder().decode(content),
  );
  const body = toLines([parsed.text ?? "", ...texts].join("\n"));
  return { ...message, ...(parsed.subject && { subject: parsed.subject }), body, decoded: encoding };
}

/** What the decoder says where a mail goes beyond the limits that it is given. */
const LIMIT_EXCEEDED = /^Maximum (?:MIME nesting depth|header size)/;

async function parseMime(text: string) {
  // Most mails are plain text, and never need it.
  const { default: PostalMime } = await import("postal-mime");
  try {
    return await PostalMime.parse(text, { maxNestingDepth: 20, maxHeadersSize: 1_000_000 });
  } catch (error) {
    if (!(error instanceof Error) || !LIMIT_EXCEEDED.test(error.message)) throw error;
    throw new InputError(`a mail that cannot be decoded: ${error.message}`);
  }
}

/** A page of a list archive starts with the subject, and `From:` and `Date:` further down. */
function archived(lines: readonly InputLine[]): Message {
  const head = lines.slice(0, 8);
  const from = head.find(({ text }) => /^From: \S/.test(text))?.text.slice("From: ".length);
  const date = head.find(({ text }) => /^Date: \S/.test(text))?.text.slice("Date: ".length);
  if (from === undefined || date === undefined) return { body: lines };
  const id = head.find(({ text }) => /^Message-I[dD]: \S/.test(text))?.text.replace(/^.*?<|>.*$/g, "");
  const subject = lines[0]?.text ?? "";
  return { subject, from, date, ...(id !== undefined && { messageId: id }), body: lines };
}

/** Splits an mbox into its messages; a text without separators is one message. */
export async function readMessages(text: string): Promise<readonly Message[]> {
  const starts = startsOf(text);
  const messages: Message[] = [];
  let [first, room] = [1, MAX_LINES];
  for (const [index, start] of starts.entries()) {
    const part = text.slice(start, starts[index + 1] ?? text.length);
    const lines = toLines(starts.length > 1 ? part.replace(MARKED, "$1") : part, first, room);
    messages.push(await readMessage(lines));
    first += lines.length;
    room -= Math.min(room, lines.length);
  }
  return messages;
}

/** A line that may begin a message, up to the year that ends it; no such line is longer. */
const SEPARATOR = /^From \S.{0,998}\d{4}\s*$/;
const MAX_SEPARATOR = 1_000;
/** Mailboxes put a mark before a line of a body that looks like a separator. */
const MARKED = /(^|\n)>(?=>*From )/g;

/** Where messages begin. */
function startsOf(text: string): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at >= 0; at = next(text, at)) {
    const end = text.indexOf("\n", at);
    const isShort = end >= 0 && end - at <= MAX_SEPARATOR;
    const header = /^[A-Za-z][\w-]*:\s/.test(text.slice(end + 1, end + MAX_SEPARATOR));
    if (isShort && header && SEPARATOR.test(text.slice(at, end))) starts.push(at);
    else if (at === 0) return [0];
  }
  return starts;
}

/** The next line that begins as a separator does. */
function next(text: string, at: number): number {
  const found = text.indexOf("\nFrom ", at);
  return found < 0 ? -1 : found + 1;
}
