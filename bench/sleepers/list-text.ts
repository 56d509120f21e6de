import type { Sleeping } from "./closure.ts";

/** The list as the package has it: names in lines, by the call that they come to sleep by, and by position of the flags. */
export function listText(kernel: string, { always, by, byFlags }: Sleeping): string {
  const ends = [...new Set(always.map((name) => by[name] ?? name))].sort();
  const sleeping = Object.fromEntries(
    ends.map((end) => [end, inLines(always.filter((name) => (by[name] ?? name) === end))]),
  );
  const positions = [...new Set(Object.values(byFlags))].sort();
  const named = (position: number) => Object.keys(byFlags).filter((name) => byFlags[name] === position);
  const flags = Object.fromEntries(positions.map((position) => [position, inLines(named(position))]));
  const list = { kernel, made: "npm run bench:sleepers", always: sleeping, byFlags: flags };
  return `${JSON.stringify(list, null, 2)}\n`;
}

const WIDTH = 110;

function inLines(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < WIDTH) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(name);
  }
  return lines;
}
