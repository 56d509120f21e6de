const CONTEXT = 3;

/** A patch with one hunk that turns one text of a file into another. */
export function diffOf(file: string, before: string, after: string): string {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const head = commonLength(old, fresh);
  const limit = Math.min(old.length, fresh.length) - head;
  const tail = Math.min(limit, commonLength([...old].reverse(), [...fresh].reverse()));
  const from = Math.max(0, head - CONTEXT);
  const lines = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...fresh.slice(head, fresh.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, old.length - tail + CONTEXT).map((line) => ` ${line}`),
  ];
  const count = (marker: string) => lines.filter((line) => line[0] !== marker).length;
  const heading = `@@ -${from + 1},${count("+")} +${from + 1},${count("-")} @@`;
  return `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n${[heading, ...lines].join("\n")}\n`;
}

/** What follows the last line break is no line. */
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

function commonLength(one: readonly string[], other: readonly string[]): number {
  const differing = one.findIndex((line, index) => line !== other[index]);
  return differing < 0 ? Math.min(one.length, other.length) : differing;
}
