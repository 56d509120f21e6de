/** Holds an option and its value together: no printable text has it. */
const BOUND = "\u0001";

/** Breaks text at blanks so that no line is longer than `width`, unless one word is; keeps its indentation. */
export function wrap(text: string, width: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    const next = line.trim() === "" ? indent + word : `${line} ${word}`;
    if (next.length <= width || line.trim() === "") line = next;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

/** Cuts a line of code that is too long to be shown whole, but for its end where that is to be kept. */
export function clip(text: string, width: number, keep = /$/): string {
  if (text.length <= width) return text;
  const [end = ""] = keep.exec(text) ?? [];
  return `${text.slice(0, width - 3 - end.length).trimEnd()}...${end}`;
}

/** Breaks a shell command before its options, so that it can still be pasted. */
export function wrapCommand(command: string, width: number): readonly string[] {
  const options = command.trim().replace(/ (--\S+) (?!-)/g, ` $1${BOUND}`);
  const lines = wrap(options, width - 4, "    ").map((line) => line.replaceAll(BOUND, " "));
  return lines.map((line, at) => {
    const indented = at === 0 ? line.replace(/^ {2}/, "") : line;
    return at === lines.length - 1 ? indented : `${indented} \\`;
  });
}
