import type { PropertyResult, Verdict } from "../../checker/result.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { InputError } from "../../model/input-error.ts";
import { harmlessLines, jsonText } from "../../model/printable.ts";
import type { Scenario } from "../../model/scenarios/scenario.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import type { Exploration } from "./exploration.ts";
import { findFamily } from "./family.ts";
import type { ExploreOptions } from "./options.ts";
import { reportsOf } from "./report.ts";
import { searchFamily } from "./search.ts";
import { table } from "./table.ts";
import { findTarget } from "./target.ts";
import { scopeOf } from "./text.ts";

export interface MatrixRequest {
  /** Sizes that apply to every version, as the user wrote them. */
  readonly words: readonly string[];
  readonly options: ExploreOptions;
  readonly limits: SearchOptions;
}

const SCENARIO = "madvise";

/** Properties that history tells apart, one column each; those that go together share one. */
const COLUMNS: readonly (readonly string[])[] = [
  ["failed-split-continues"],
  ["ptl-held"],
  ["rcu-balanced", "preempt-balanced", "no-sleep-in-atomic"],
  ["lazy-mmu-balanced"],
  ["tlb-flushed-after-relock"],
  ["isolated-folios-reclaimed"],
];

/** `holdfast explore --all`: the madvise scenario's versions against the properties that tell them apart. */
export async function exploreAll(
  { words, options, limits }: MatrixRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const scenario = await versioned(SCENARIO);
  const explorations: Exploration[] = [];
  for (const { id } of scenario.versions) {
    const family = await findFamily({ name: SCENARIO, version: id, words });
    explorations.push(await searchFamily(family, options, limits, terminal));
  }
  terminal.out(
    options.json === true
      ? `${jsonText(await allReports(explorations, options), 2)}\n`
      : matrixText(scenario, explorations),
  );
  return exitCodeOf(explorations.flatMap((each) => each.properties).map(({ verdict }) => verdict));
}

async function allReports(explorations: readonly Exploration[], options: ExploreOptions) {
  const reports = [];
  for (const each of explorations) reports.push(...(await reportsOf(each, options)));
  return reports;
}

async function versioned(id: string): Promise<Scenario> {
  const target = await findTarget(id);
  if (target.kind === "scenario") return target.scenario;
  throw new InputError(`${id} is a bare model: it has no versions`);
}

/** The matrix, with the sizes it was computed for and a line on all that it leaves out. */
export function matrixText(scenario: Scenario, explorations: readonly Exploration[]): string {
  const head = ["version", ...COLUMNS.map((names) => names.join(", "))];
  const rows = explorations.map(({ properties }, at) => {
    const version = scenario.versions[at];
    return [`${version?.id}: ${version?.summary}`, ...COLUMNS.map((names) => cell(properties, names))];
  });
  const [first] = explorations;
  const scope = scopeOf(first?.family.subject.identity.parameters ?? {});
  const states = explorations.reduce((sum, { result }) => sum + result.states, 0);
  const open = explorations.some(({ properties }) => properties.some(isOpen));
  const key = `F = violated, ok = holds${open ? ", ok? = holds as far as was searched" : ""}`;
  return harmlessLines([
    `${scenario.id}: ${key}, for ${scope} (${states} states in all)`,
    "",
    ...table([head, ...rows]),
    "",
    others(explorations),
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

const isOpen = ({ verdict }: PropertyResult): boolean => verdict === "holds-within-bound";

/** One word where a column's properties agree, else each with its name. */
function cell(properties: readonly PropertyResult[], names: readonly string[]): string {
  const found = properties.filter(({ property }) => names.includes(property));
  const words = new Set(found.map(({ verdict }) => SHORT[verdict]));
  if (words.size === 1 && found.length === names.length) return [...words].join();
  return found.map(({ property, verdict }) => `${property} ${SHORT[verdict]}`).join(", ") || "-";
}

/** What is not in the matrix: which properties are left, and where one of them fails. */
function others(explorations: readonly Exploration[]): string {
  const shown = new Set(COLUMNS.flat());
  const left = explorations.flatMap(({ family, properties }) =>
    properties
      .filter(({ property }) => !shown.has(property))
      .map(({ property, verdict }) => ({ property, verdict, version: family.subject.identity.version })),
  );
  const names = [...new Set(left.map(({ property }) => property))];
  const failing = left.filter(({ verdict }) => verdict !== "holds");
  const where = failing.map((each) => `${each.property} in ${each.version} (${each.verdict})`).join(", ");
  const hold = `The ${names.length} other properties (${names.join(", ")}) hold in every version`;
  return failing.length === 0 ? `${hold}.` : `${hold}, but for: ${where}.`;
}
