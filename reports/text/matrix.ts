import type { Verdict } from "../../checker/result.ts";
import { harmlessLines } from "../../model/printable.ts";
import { scopeOf } from "../of-explore.ts";
import type { ExploredModel, ExploredProperty } from "../report.ts";

/** Properties that history tells apart, one column each; those that go together share one. */
const COLUMNS: readonly (readonly string[])[] = [
  ["failed-split-continues"],
  ["ptl-held"],
  ["rcu-balanced", "preempt-balanced", "no-sleep-in-atomic"],
  ["lazy-mmu-balanced"],
  ["tlb-flushed-after-relock"],
  ["isolated-folios-reclaimed"],
];

/** Versions of the madvise scenario against the properties that tell them apart, for the sizes that were searched. */
export function matrixText(models: readonly ExploredModel[]): string {
  const head = ["version", ...COLUMNS.map((names) => names.join(", "))];
  const rows = models.map(({ version, summary, properties }) => [
    `${version}: ${summary}`,
    ...COLUMNS.map((names) => cell(properties, names)),
  ]);
  const [first] = models;
  const scope = scopeOf(first?.parameters ?? {});
  const states = models.reduce((sum, { search }) => sum + search.states, 0);
  const open = models.some(({ properties }) => properties.some(isOpen));
  const key = `F = violated, ok = holds${open ? ", ok? = holds as far as was searched" : ""}`;
  return harmlessLines([
    `${first?.scenario}: ${key}, for ${scope} (${states} states in all)`,
    "",
    ...table([head, ...rows]),
    "",
    others(models),
    "",
  ]);
}

const SHORT: Readonly<Record<Verdict, string>> = {
  violated: "F",
  holds: "ok",
  "holds-within-bound": "ok?",
  interrupted: "?",
  error: "error",
  "nothing-to-check": "-",
};

const isOpen = ({ verdict }: ExploredProperty): boolean => verdict === "holds-within-bound";

/** One word where a column's properties agree, else each with its name. */
function cell(properties: readonly ExploredProperty[], names: readonly string[]): string {
  const found = properties.filter(({ property }) => names.includes(property));
  const words = new Set(found.map(({ verdict }) => SHORT[verdict]));
  if (words.size === 1 && found.length === names.length) return [...words].join();
  return found.map(({ property, verdict }) => `${property} ${SHORT[verdict]}`).join(", ") || "-";
}

/** What is not in the matrix: which properties are left, and where one of them fails. */
function others(models: readonly ExploredModel[]): string {
  const shown = new Set(COLUMNS.flat());
  const left = models.flatMap(({ version, properties }) =>
    properties
      .filter(({ property }) => !shown.has(property))
      .map(({ property, verdict }) => ({ property, verdict, version })),
  );
  const names = [...new Set(left.map(({ property }) => property))];
  const failing = left.filter(({ verdict }) => verdict !== "holds");
  const where = failing.map((each) => `${each.property} in ${each.version} (${each.verdict})`).join(", ");
  const hold = `The ${names.length} other properties (${names.join(", ")}) hold in every version`;
  return failing.length === 0 ? `${hold}.` : `${hold}, but for: ${where}.`;
}

/** Rows as an aligned table of the plain-text kind that Markdown reads too; the first is its head. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)];
}
