import type { Bound, Verdict } from "../../checker/result.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import { type Exploration, traceFor } from "./exploration.ts";

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
  /** Null unless violated by a run. */
  readonly trace: Trace | null;
}

export function reportsOf(exploration: Exploration): readonly Report[] {
  const { scenario, version, parameters } = exploration.subject.identity;
  const { bounds, states, transitions, depth } = exploration.result;
  return exploration.properties.map((judged): Report => {
    const { property, verdict, message, evaluated } = judged;
    return {
      ...{ scenario, version: version ?? null, parameters, property, verdict },
      ...{ message: message ?? null, evaluated, bounds, states, transitions, depth },
      trace: traceFor(exploration, judged) ?? null,
    };
  });
}
