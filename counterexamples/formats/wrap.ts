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

/** Cuts a line of code that is too long to be shown whole. */
export const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 3).trimEnd()}...`;

/** Breaks a shell command so that it can still be pasted. */
export function wrapCommand(command: string, width: number): readonly string[] {
  const lines = wrap(command.trim(), width - 4, "    ");
  return lines.map((line, at) => {
    const indented = at === 0 ? line.replace(/^ {2}/, "") : line;
    return at === lines.length - 1 ? indented : `${indented} \\`;
  });
}
