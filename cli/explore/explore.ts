import type { SearchOptions } from "../../checker/search-options.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import { refuseUnwritable, replaceText } from "../../model/files/replace-file.ts";
import { InputError } from "../../model/input-error.ts";
import { jsonText } from "../../model/printable.ts";
import { reportOfExplore } from "../../reports/of-explore.ts";
import type { ExploredModel, ExploreReport } from "../../reports/report.ts";
import type { Terminal } from "../terminal.ts";
import { commandLine } from "./command-line.ts";
import { counterexampleTo, type Exploration } from "./exploration.ts";
import { findFamily } from "./family.ts";
import { errorsFirst, exploredModel } from "./model.ts";
import type { ExploreOptions } from "./options.ts";
import { searchFamily } from "./search.ts";
import { findTarget } from "./target.ts";

export interface ExploreRequest {
  readonly options: ExploreOptions;
  readonly limits: SearchOptions;
  /** What the report is printed in: it decides which counterexamples are told, and how. */
  readonly format: string;
}

/** The scenario that `--all` is about. */
const SCENARIO = "madvise";

/**
 * `holdfast explore`: searches the model that the words name once and judges every property; with `--all`, every
 * version of a scenario.
 *
 * @throws InputError for words that name no model, version or size.
 */
export function explore(
  words: readonly string[],
  request: ExploreRequest,
  terminal: Terminal,
): Promise<ExploreReport> {
  if (request.options.all === true) return exploreAll(words, request, terminal);
  const [name, ...sizes] = words;
  if (name === undefined || name.startsWith("-")) {
    throw new InputError("say which scenario first ('holdfast list' names them), or --all");
  }
  return exploreOne(name, sizes, request, terminal);
}

async function exploreOne(
  name: string,
  words: readonly string[],
  request: ExploreRequest,
  terminal: Terminal,
): Promise<ExploreReport> {
  const { options, limits } = request;
  const family = await findFamily({ name, version: options.version, words });
  if (options.trace !== undefined) refuseUnwritable(options.trace);
  const exploration = await searchFamily(family, options, limits, terminal);
  if (options.trace !== undefined) await writeTrace(options.trace, exploration, options, terminal);
  const model = await exploredModel(exploration, { ...request, name, words });
  const kept = options.keepGoing === true ? { keptGoing: await keptGoing(family.subject, limits) } : {};
  return reportOfExplore([model], {
    command: commandLine({ name, words, options }, exploration.again),
    ...kept,
  });
}

async function exploreAll(
  words: readonly string[],
  request: ExploreRequest,
  terminal: Terminal,
): Promise<ExploreReport> {
  const { options, limits } = request;
  const target = await findTarget(SCENARIO);
  const versions = target.kind === "scenario" ? target.scenario.versions : [];
  const models: ExploredModel[] = [];
  for (const { id: version, summary } of versions) {
    const family = await findFamily({ name: SCENARIO, version, words });
    const exploration = await searchFamily(family, options, limits, terminal);
    const one = { ...request, options: { ...options, version }, name: SCENARIO, words };
    models.push({ ...(await exploredModel(exploration, one)), summary });
  }
  return reportOfExplore(models, { command: commandLine({ words, options }) });
}

async function keptGoing(subject: Subject, limits: SearchOptions): Promise<string> {
  const { keepGoing, keptGoingText } = await import("../../counterexamples/keep-going/keep-going.ts");
  const kept = keepGoing(subject, limits);
  return kept ? keptGoingText(kept) : "The model says nothing of kernel state: no report can be told.\n";
}

async function writeTrace(
  path: string,
  exploration: Exploration,
  options: ExploreOptions,
  terminal: Terminal,
): Promise<void> {
  for (const judged of errorsFirst(exploration.properties)) {
    const found = await counterexampleTo(exploration, judged, options);
    if (found) return replaceText(path, `${jsonText(found.trace, 2)}\n`);
  }
  terminal.err("no counterexample to write\n");
}
