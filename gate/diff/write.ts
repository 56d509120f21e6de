import { bytesOf } from "../../tree/names.ts";
import type { DiffLine, FileDiff, Hunk } from "./diff.ts";

const MARKERS = { context: " ", added: "+", removed: "-" } as const;

/** Writes a file's diff as git reads it. */
export function writeDiff({ before, after, hunks }: FileDiff): string {
  const [from, to] = [before ?? after ?? "", after ?? before ?? ""];
  const lines = [
    `diff --git ${quote(`a/${from}`)} ${quote(`b/${to}`)}`,
    ...(before === undefined ? ["new file mode 100644"] : []),
    ...(after === undefined ? ["deleted file mode 100644"] : []),
    ...(before !== undefined && after !== undefined && before !== after
      ? [`rename from ${quote(before)}`, `rename to ${quote(after)}`]
      : []),
  ];
  if (hunks.length > 0) {
    lines.push(`--- ${before === undefined ? "/dev/null" : quote(`a/${before}`)}`);
    lines.push(`+++ ${after === undefined ? "/dev/null" : quote(`b/${after}`)}`);
  }
  return `${[...lines, ...hunks.flatMap(writeHunk)].join("\n")}\n`;
}

function writeHunk({ oldStart, oldCount, newStart, newCount, lines }: Hunk): readonly string[] {
  return [`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`, ...lines.flatMap(writeLine)];
}

const writeLine = ({ kind, text, unterminated }: DiffLine): readonly string[] =>
  unterminated ? [MARKERS[kind] + text, "\\ No newline at end of file"] : [MARKERS[kind] + text];

/** C-quotes a path that has blanks, quotes or bytes beyond printable ASCII, as git does. */
function quote(path: string): string {
  if (/^[\w./+@-]+$/.test(path)) return path;
  const bytes = [...bytesOf(path)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, "0")}` : character;
  });
  return `"${bytes.join("")}"`;
}
