import { search } from "../../checker/search/search.ts";
import { scenarioSubject } from "../../counterexamples/subject.ts";
import { traceOf } from "../../counterexamples/trace/build.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { reportOfExplore } from "../of-explore.ts";
import type { ExploredModel, ExploreReport } from "../report.ts";
import { HOSTILE_WORDS } from "./hostile.ts";

const COMMAND = "holdfast explore madvise --version v5";
const PARAMETERS = { ptes: 2, folios: 1, batch: 2 };

/** One property that is violated, one that holds, one that nothing concerns. */
export function sampleModel(): ExploredModel {
  const subject = scenarioSubject(madvise, { version: "v5", parameters: PARAMETERS }, properties);
  const { properties: judged, ...found } = search(subject.judgedBy(["ptl-held", "each-pte-once"]));
  const explored = judged.map(({ property, verdict, run, message, evaluated }) => ({
    ...{ property, verdict, evaluated, reproduce: `${COMMAND} --property ${property}` },
    ...(message !== undefined && { message }),
    ...(run && { steps: run.moves.length, trace: traceOf(subject, property, run, true) }),
  }));
  const idle = { property: "no-deadlock", verdict: "holds", evaluated: false, reproduce: COMMAND } as const;
  return {
    ...{ scenario: "madvise", version: "v5", parameters: PARAMETERS, search: found },
    properties: [...explored, idle],
  };
}

export const reported = (...models: readonly ExploredModel[]): ExploreReport =>
  reportOfExplore(models, { command: COMMAND });

/** A model of the user's own in which every name is hostile, and whose search was bounded. */
export function hostileModel(): ExploreReport {
  const model = sampleModel();
  const [words, source] = [HOSTILE_WORDS, { file: HOSTILE_WORDS, line: 1, text: HOSTILE_WORDS }];
  const decision = { kind: "outcome", subject: words, alternative: words } as const;
  const hostile = (trace: Trace): Trace => ({
    ...trace,
    steps: trace.steps.map((step) => ({ ...step, label: words, source, decision })),
  });
  return reported({
    ...model,
    ...{ scenario: words, version: words },
    search: { ...model.search, bounds: [{ kind: "margin", detail: words }], notes: [words] },
    properties: model.properties.map(({ trace, ...each }) => ({
      ...{ ...each, message: words },
      ...(trace && { trace: hostile(trace) }),
    })),
  });
}
