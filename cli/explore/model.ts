import type { PropertyResult } from "../../checker/result.ts";
import type { ExploredModel, ExploredProperty } from "../../reports/report.ts";
import { explainingText } from "../trace/options.ts";
import type { Counterexample } from "../trace/refine.ts";
import { commandLine } from "./command-line.ts";
import { counterexampleTo, type Exploration } from "./exploration.ts";
import type { ExploreOptions } from "./options.ts";

export interface ModelRequest {
  readonly name: string;
  readonly words: readonly string[];
  readonly options: ExploreOptions;
  readonly format: string;
}

/** A model as reports have it, with the counterexamples that the format shows: to find them again takes time. */
export async function exploredModel(exploration: Exploration, request: ModelRequest): Promise<ExploredModel> {
  const { scenario, version, parameters } = exploration.family.subject.identity;
  const { properties: _, ...search } = exploration.result;
  const { again } = exploration;
  const { notes = [] } = search;
  const found = await counterexamples(exploration, request);
  const properties: ExploredProperty[] = [];
  for (const judged of exploration.properties) {
    properties.push({
      ...stated(judged),
      ...(await told(found.get(judged.property), request)),
      reproduce: reproduce(judged, again, request),
    });
  }
  return {
    ...{ scenario, ...(version !== undefined && { version }), parameters, properties },
    search: { ...search, notes: again ? [...notes, `the same walks again: ${again.join(" ")}`] : notes },
  };
}

/** By property. What is wrong with the model comes first: with it nothing else can be believed. */
async function counterexamples(exploration: Exploration, request: ModelRequest) {
  const options = explainingText(request.options, request.format);
  const most = shownTraces(request);
  const found = new Map<string, Counterexample>();
  for (const judged of errorsFirst(exploration.properties)) {
    const one = found.size < most ? await counterexampleTo(exploration, judged, options) : undefined;
    if (one) found.set(judged.property, one);
  }
  return found;
}

export const errorsFirst = (properties: readonly PropertyResult[]): readonly PropertyResult[] => [
  ...properties.filter(({ verdict }) => verdict === "error"),
  ...properties.filter(({ verdict }) => verdict !== "error"),
];

/** People read the first counterexample, or all that they ask for; a matrix has no room for any. */
function shownTraces({ format, options: { all, verbose } }: ModelRequest): number {
  if (format !== "text" && format !== "lockdep") return Number.POSITIVE_INFINITY;
  if (all === true) return 0;
  return verbose === true ? Number.POSITIVE_INFINITY : 1;
}

function stated({ property, verdict, message, evaluated, run }: PropertyResult) {
  return {
    ...{ property, verdict, evaluated },
    ...(message !== undefined && { message }),
    ...((verdict === "violated" || verdict === "error") && run && { steps: run.moves.length }),
  };
}

async function told(found: Counterexample | undefined, { format }: ModelRequest) {
  if (!found) return {};
  const { subject, trace } = found;
  if (format !== "lockdep") return { trace };
  const { renderLockdep } = await import("../../counterexamples/lockdep/view.ts");
  return { trace, kernelLog: renderLockdep(subject, trace) };
}

/** Random walks go elsewhere where fewer properties are judged: they are walked again as they were. */
function reproduce(
  { property }: PropertyResult,
  again: readonly string[] | undefined,
  { name, words, options }: ModelRequest,
): string {
  const one = again || property === "none" ? options : { ...options, property: [property] };
  return commandLine({ name, words, options: one }, again);
}
