import type { Model } from "../../model/ir/model.ts";
import { assertValid } from "../../model/ir/validate.ts";
import type { Engine } from "../backends/back-end.ts";
import { chooseBackEnd } from "../backends/choose.ts";
import { emptyMemory, type Memory } from "../backends/memory.ts";
import { identityOf, memoryOf } from "../checkpoint/snapshot.ts";
import { checkpointWriter } from "../checkpoint/writer.ts";
import { countInitialStates, initialStates, MAX_INITIAL_STATES } from "../interpret/initial-states.ts";
import { type Problem, problemOf } from "../problem.ts";
import { compactReducedEngine, reducedEngine } from "../reduce/engine/reduced-engine.ts";
import { type ReductionPlan, type Reductions, reductionsOf } from "../reduce/reductions.ts";
import type { Bound, SearchResult } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { NO_STATE } from "../store/state-store.ts";
import { faultFound } from "./fault.ts";
import { notesOn } from "./notes.ts";
import { packed } from "./run.ts";
import { settledBy } from "./settled.ts";
import { shortestRuns } from "./shortest.ts";
import { type Sweep, sweep, unswept } from "./sweep.ts";
import { inTurns, type Pausing, toEnd } from "./time.ts";
import { unreachedOf } from "./vacuity.ts";
import { boundsOfSweep, judge } from "./verdict.ts";

/**
 * Searches a model breadth-first and judges each of its properties by itself. The search ends when every
 * property is violated, nothing is left to expand, a limit is reached, or the model turns out to be wrong: where an
 * update leaves its domain, an index names no element, or one place is written twice.
 *
 * @throws InputError where the model is invalid, or the options do not fit it.
 */
export function search(model: Model, options: SearchOptions = {}): SearchResult {
  return toEnd(searchPausing(model, options));
}

/** As `search`, letting the event loop run now and then, so that `interrupted` can be set by a signal. */
export function searchInTurns(model: Model, options: SearchOptions = {}): Promise<SearchResult> {
  return inTurns(searchPausing(model, options));
}

function* searchPausing(model: Model, options: SearchOptions): Pausing<SearchResult> {
  const { engine, reduced, result } = yield* searchOnce(model, options, false);
  if (engine.weighted) return result;
  const weighted = function* (full: SearchOptions) {
    return (yield* searchOnce(model, full, true)).result;
  };
  return { ...result, properties: yield* shortestRuns(result.properties, options, reduced, weighted) };
}

/** One sweep, with the runs that its own parents give: those with fewest adverse choices where `weighted`. */
function* searchOnce(model: Model, options: SearchOptions, weighted: boolean): Pausing<Searched> {
  assertValid(model);
  const problem = problemOf(model, options.only);
  const excess = tooManyInitial(model);
  const { plan, projection, reported }: Reductions = excess
    ? { reported: [] }
    : reductionsOf(problem, options);
  const identity = options.checkpoint || options.resume ? identityOf(problem, options, reported) : "";
  const kept = options.resume && memoryOf(options.resume, problem, identity);
  const memory = projection ? { ...(kept ?? emptyMemory(problem)), projection } : kept;
  const start = { weighted, workers: options.workers ?? 1, memory };
  const backEnd = chooseBackEnd(problem, options);
  const engine = plan ? reducedOn(problem, plan, options, memory) : backEnd.start(problem, start);
  if (!kept && !excess) insertInitial(problem, engine);
  const swept = excess ? unswept(excess) : yield* sweepKept(problem, engine, options, identity);
  const fault = faultFound(problem, engine);
  const properties = judge(problem, engine, swept, fault);
  const result: SearchResult = {
    properties,
    states: swept.states,
    transitions: engine.report.transitions,
    depth: swept.depth,
    bounds: boundsOfSweep(problem, engine, swept),
    unreached: unreachedOf(problem, engine.report),
    interrupted: swept.interrupted,
    backEnd: engine.name,
    reductions: reported,
    ...(fault && { fault }),
    notes: notesOn(model, properties),
  };
  return { engine, result, reduced: plan !== undefined };
}

/** As many as there is memory for: a search that lacks some ends at once. */
function insertInitial(problem: Problem, engine: Engine): void {
  for (const state of initialStates(problem.model)) {
    engine.insert(packed(problem, state));
    if (engine.exhausted?.()) return;
  }
}

function tooManyInitial(model: Model): Bound | undefined {
  const count = countInitialStates(model);
  if (count <= MAX_INITIAL_STATES) return undefined;
  return {
    kind: "states",
    detail: `${count} initial states: more than ${MAX_INITIAL_STATES} are not searched`,
  };
}

function reducedOn(
  problem: Problem,
  plan: ReductionPlan,
  { hashCompact }: SearchOptions,
  memory?: Memory,
): Engine {
  return hashCompact ? compactReducedEngine(problem, plan) : reducedEngine(problem, plan, memory);
}

function* sweepKept(
  problem: Problem,
  engine: Engine,
  options: SearchOptions,
  identity: string,
): Pausing<Sweep> {
  const { checkpoint, resume } = options;
  const writer = checkpoint && checkpointWriter(engine, identity, checkpoint, resume?.position);
  const course = {
    settled: settledBy(problem, engine),
    ...(writer && { passed: writer.passed }),
    ...(resume && { from: resume.position }),
  };
  try {
    const swept = yield* sweep(engine, options, course);
    forgetUnordered(engine, swept);
    writer?.finish(swept);
    return swept;
  } finally {
    engine.close?.();
  }
}

/** Which states of its level workers saw before they came to a fault is left to chance: what they saw is no verdict. */
function forgetUnordered({ ordered = true, report }: Engine, { levels }: Sweep): void {
  if (ordered || report.faulty === NO_STATE) return;
  const start = levels.at(-1)?.start ?? 0;
  report.firstSeen.forEach((state, check) => {
    if (state >= start) report.firstSeen[check] = NO_STATE;
  });
}

interface Searched {
  readonly engine: Engine;
  readonly result: SearchResult;
  readonly reduced: boolean;
}
