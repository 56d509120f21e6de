import type { Bound, PropertyResult, SearchResult, Unreached, Verdict } from "../../checker/result.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import { traceOf } from "../../counterexamples/trace/build.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";

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

/** What a search said of a subject, with a trace for each violation. */
export interface Exploration {
  readonly subject: Subject;
  readonly reports: readonly Report[];
  readonly unreached: readonly Unreached[];
  readonly backEnd: string;
}

/** Reports in the order of `names`, the properties asked for. */
export function explorationOf(subject: Subject, result: SearchResult, names: readonly string[]): Exploration {
  const { scenario, version, parameters } = subject.identity;
  const { bounds, states, transitions, depth, unreached, backEnd } = result;
  const judged = judgedOf(names, result);
  const reports = judged.map(({ property, verdict, message, evaluated, run }): Report => {
    const violation = verdict === "violated" && run ? traceOf(subject, property, run, true) : null;
    return {
      ...{ scenario, version: version ?? null, parameters, property, verdict },
      ...{ message: message ?? null, evaluated, bounds, states, transitions, depth },
      trace: violation,
    };
  });
  return { subject, reports, unreached, backEnd };
}

/** A property that demands nothing of this model, since nothing in it concerns it, holds unevaluated. */
function judgedOf(names: readonly string[], { properties }: SearchResult): readonly PropertyResult[] {
  const vacuous = (property: string): PropertyResult => ({ property, verdict: "holds", evaluated: false });
  return names.map((name) => properties.find(({ property }) => property === name) ?? vacuous(name));
}
