import { type Contestant, contestants } from "./contestants.ts";
import { measure } from "./measure.ts";
import { plotOf, type Series } from "./plot.ts";

/** Who is followed, and up to how many tasks. */
const FOLLOWED: readonly (readonly [string, number])[] = [
  ["holdfast, wasm", 4],
  ["holdfast, reduced", 8],
];

const AXES = { across: "tasks", upwards: "states, logarithmic" };

/** How states grow with the tasks, in full and reduced. */
export function growthOf(directory: string): { readonly table: string; readonly plot: string } {
  const series = FOLLOWED.map(([name, most]) => followed(named(name), most, directory));
  const rows = series.flatMap(({ name, points }) =>
    points.map(({ x, y, wall }) => `| ${name} | ${x} | ${y} | ${wall.toFixed(2)} |`),
  );
  const table = ["| | tasks | states | wall s |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return { table, plot: plotOf("States stored (ptes = 2, folios = 2)", AXES, series) };
}

interface Followed extends Series {
  readonly points: readonly { readonly x: number; readonly y: number; readonly wall: number }[];
}

function followed(contestant: Contestant, most: number, directory: string): Followed {
  const points = Array.from({ length: most }, (_, position) => {
    const tasks = position + 1;
    const { states, wall } = measure(contestant.prepare({ tasks, ptes: 2, folios: 2 }, directory), directory);
    return { x: tasks, y: states, wall };
  });
  return { name: contestant.name, points };
}

function named(name: string): Contestant {
  const found = contestants.find((each) => each.name === name);
  if (!found) throw new Error(`no contestant '${name}'`);
  return found;
}
