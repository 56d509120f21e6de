import type { Bound, Reduction, Unreached, Verdict } from "../../checker/result.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import type { TraceOptions } from "../trace/options.ts";
import { counterexampleTo, type Exploration } from "./exploration.ts";

/** One property of one model, as `--json` prints it; docs/json.md describes it. */
export interface Report {
  readonly scenario: string;
  /** Null where the scenario has no versions. */
  readonly version: string | null;
  readonly parameters: Readonly<Record<string, number>>;
  readonly property: string;
  readonly verdict: Verdict;
  /** What failed, in words; null where nothing did. */
  readonly message: string | null;
  /** False where nothing that was reached could have violated it. */
  readonly evaluated: boolean;
  readonly bounds: readonly Bound[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Which reductions were applied, and why the others were not. */
  readonly reductions: readonly Reduction[];
  /** Steps of the model that no reachable state takes. */
  readonly unreached: readonly Pick<Unreached, "program" | "label" | "source">[];
  /** Null unless violated by a run. */
  readonly trace: Trace | null;
}

/** A trace that was shrunk names the sizes that it was shrunk to. */
export async function reportsOf(exploration: Exploration, options: TraceOptions): Promise<readonly Report[]> {
  const { scenario, version, parameters } = exploration.family.subject.identity;
  const { bounds, states, transitions, depth, reductions = [] } = exploration.result;
  const unreached = exploration.result.unreached.map(({ transition, ...step }) => step);
  const reports: Report[] = [];
  for (const judged of exploration.properties) {
    const { property, verdict, message, evaluated } = judged;
    const found = await counterexampleTo(exploration, judged, options);
    reports.push({
      ...{ scenario, version: version ?? null, parameters, property, verdict },
      ...{ message: message ?? null, evaluated, bounds, states, transitions, depth, reductions, unreached },
      trace: found?.trace ?? null,
    });
  }
  return reports;
}
