import { type Message, readMessage } from "./message.ts";

const SEPARATOR = /^From \S+.*\d{4}\s*$/;

/** Splits an mbox into its messages; a text without separators is one message. */
export async function readMessages(text: string): Promise<readonly Message[]> {
  const parts = split(text);
  return Promise.all(parts.map(({ text: part, line }) => readMessage(part, line)));
}

interface Part {
  readonly text: string;
  readonly line: number;
}

function split(text: string): readonly Part[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, at) => (SEPARATOR.test(line) && isHeader(lines[at + 1]) ? [at] : []));
  if (starts.length === 0 || starts[0] !== 0) return [{ text, line: 1 }];
  return starts.map((start, index) => {
    const part = lines.slice(start, starts[index + 1] ?? lines.length);
    return { text: part.map(unmark).join("\n"), line: start + 1 };
  });
}

const isHeader = (line: string | undefined): boolean => /^[A-Za-z][\w-]*:\s/.test(line ?? "");

/** Mailboxes put a mark before a line of a body that looks like a separator. */
const unmark = (line: string): string => (/^>+From /.test(line) ? line.slice(1) : line);
