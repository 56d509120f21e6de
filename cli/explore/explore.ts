import { writeFileSync } from "node:fs";
import { propertiesOf } from "../../checker/problem.ts";
import type { SearchOptions } from "../../checker/result.ts";
import { searchInTurns } from "../../checker/search/search.ts";
import { modelSubject, type Subject, scenarioSubject } from "../../counterexamples/subject.ts";
import { InputError } from "../../model/input-error.ts";
import { properties } from "../../properties/library.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { choose } from "./choice.ts";
import { type Exploration, explorationOf, traceFor } from "./exploration.ts";
import { progressLine } from "./progress.ts";
import { reportsOf } from "./report.ts";
import { findTarget } from "./target.ts";
import { explorationText } from "./text.ts";

export interface ExploreRequest {
  readonly name: string;
  /** The scenario's own options, as the user wrote them. */
  readonly words: readonly string[];
  readonly options: ExploreOptions;
  readonly limits: SearchOptions;
}

export interface ExploreOptions {
  readonly version?: string;
  readonly property?: readonly string[];
  readonly keepGoing?: boolean;
  readonly json?: boolean;
  readonly trace?: string;
  readonly verbose?: boolean;
}

/** `holdfast explore <scenario>`: searches once and judges every property. */
export async function explore(request: ExploreRequest, terminal: Terminal): Promise<ExitCode> {
  const { options, limits } = request;
  refuseCombinations(options);
  const subject = await subjectOf(request);
  const exploration = await searchSubject(subject, request, terminal);
  if (options.trace !== undefined) writeTrace(options.trace, exploration, terminal);
  terminal.out(
    options.json === true
      ? `${JSON.stringify(reportsOf(exploration), null, 2)}\n`
      : explorationText(exploration, { verbose: options.verbose === true }),
  );
  if (options.keepGoing === true) terminal.out(await keptGoing(subject, limits));
  return exitCodeOf(exploration.properties.map(({ verdict }) => verdict));
}

function refuseCombinations({ keepGoing, json }: ExploreOptions): void {
  if (keepGoing === true && json === true)
    throw new InputError("--keep-going has no JSON form: leave out --json");
}

async function keptGoing(subject: Subject, limits: SearchOptions): Promise<string> {
  const { keepGoing } = await import("../../counterexamples/keep-going/keep-going.ts");
  const { keptGoingText } = await import("../../counterexamples/keep-going/text.ts");
  const kept = keepGoing(subject, limits);
  return `\n${kept ? keptGoingText(kept) : "The model says nothing of kernel state: no report can be told.\n"}`;
}

/** @throws InputError for an unknown name, version, size or property. */
export async function subjectOf({ name, words, options }: ExploreRequest): Promise<Subject> {
  const target = await findTarget(name);
  if (target.kind === "scenario") {
    return scenarioSubject(target.scenario, choose(target.scenario, options.version, words), properties);
  }
  const [word = options.version] = words;
  if (word !== undefined)
    throw new InputError(`${name} is a bare model: it has no version and no parameters`);
  return modelSubject(target.path, target.model);
}

/** @throws InputError for a property that the subject is not judged by. */
export async function searchSubject(
  subject: Subject,
  { options, limits }: Pick<ExploreRequest, "options" | "limits">,
  terminal: Terminal,
): Promise<Exploration> {
  const only = options.property ?? subject.properties;
  const unknown = only.find((each) => !subject.properties.includes(each));
  if (unknown !== undefined) {
    throw new InputError(`not judged by '${unknown}' (valid: ${subject.properties.join(", ")})`);
  }
  const { show, clear } = progressLine(terminal);
  const model = subject.judgedBy(only);
  const watching = { ...(show && { progress: show }), interrupted: terminal.interrupted };
  const stated = propertiesOf(model).filter((each) => only.includes(each));
  const result = await searchInTurns(model, { ...limits, ...watching, only: stated });
  clear();
  return explorationOf(subject, result, only);
}

function writeTrace(path: string, exploration: Exploration, terminal: Terminal): void {
  const violated = exploration.properties.find(({ verdict, run }) => verdict === "violated" && run);
  const found = violated && traceFor(exploration, violated);
  if (found) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  else terminal.err("no counterexample to write\n");
}
