import type { Verdict } from "../checker/result.ts";
import { explanationLines } from "../counterexamples/explain/lines.ts";
import type { TraceStep } from "../counterexamples/trace/trace.ts";
import type { Decision } from "../model/ir/model.ts";
import { VERSION } from "../model/tool-version.ts";
import { extentOf } from "./format.ts";
import type { ExploredModel, ExploredProperty, ExploreReport, ReportFinding, ReportStep } from "./report.ts";

/** The report on models that were explored. `command`: what explores them again. */
export function reportOfExplore(
  models: readonly ExploredModel[],
  { command, keptGoing }: { readonly command: string; readonly keptGoing?: string },
): ExploreReport {
  const judged = models.flatMap((model) => model.properties.map((property) => ({ model, property })));
  const evaluated = judged.filter(({ property }) => property.evaluated);
  const names = (found: typeof judged) =>
    found.map(({ model, property }) => `${nameOf(model)}: ${property.property}`);
  return {
    kind: "explore",
    verdict: worst(judged.map(({ property }) => property.verdict)),
    extent: extentOf(models.map(({ search }) => search)),
    findings: judged
      .filter(({ property }) => property.verdict === "violated")
      .map(({ model, property }) => findingOf(model, property)),
    reservations: models.flatMap(reservationsOf),
    notes: [
      ...new Set(models.flatMap(({ search }) => search.notes ?? [])),
      ...names(judged.filter(({ property }) => isIdle(property))).map(
        (name) => `${name} was never evaluated`,
      ),
    ],
    held: names(evaluated.filter(({ property }) => property.verdict === "holds")),
    provenance: { version: VERSION, reproduce: command },
    models,
    ...(keptGoing !== undefined && { keptGoing }),
  };
}

/** Whether nothing that was reached could have violated the property. */
export const isIdle = ({ evaluated, verdict }: ExploredProperty): boolean =>
  !evaluated && verdict !== "nothing-to-check";

const ORDER: readonly Verdict[] = ["error", "violated", "interrupted", "holds-within-bound", "holds"];

const worst = (verdicts: readonly Verdict[]): Verdict =>
  ORDER.find((each) => verdicts.includes(each)) ?? "nothing-to-check";

/** A model by its scenario and version. */
const nameOf = ({ scenario, version }: ExploredModel): string =>
  version === undefined ? scenario : `${scenario} ${version}`;

/** `ptes = 2, folios = 2`; a verdict is never wider than this. */
export const scopeOf = (parameters: ExploredModel["parameters"]): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");

function reservationsOf(model: ExploredModel): readonly string[] {
  const { interrupted, bounds, fault } = model.search;
  const reasons = [
    ...(fault ? [fault.message] : []),
    ...(interrupted ? ["interrupted"] : []),
    ...bounds.map(({ detail }) => `bounded by ${detail}`),
  ];
  return reasons.map((reason) => `${nameOf(model)}: ${reason}`);
}

function findingOf(model: ExploredModel, found: ExploredProperty): ReportFinding {
  const { property, message = "", trace, reproduce } = found;
  const path = trace ? trace.steps.flatMap((step) => stepOf(step)) : [];
  const site = path.at(-1);
  return {
    rule: property,
    confidence: "hard",
    file: site?.file ?? model.scenario,
    line: site?.line ?? 0,
    function: "",
    lock: "",
    message,
    path,
    fingerprint: `${nameOf(model)} | ${property}`,
    fails: true,
    remarks: [
      [nameOf(model), scopeOf(trace?.model.parameters ?? model.parameters)].filter(Boolean).join(", "),
    ],
    ...(trace?.explanation && { explanation: explanationLines(trace) }),
    reproduce,
  };
}

/** Which way it went; of what, where the line does not say so itself. */
const takenText = ({ subject, alternative }: Decision, text: string): string =>
  subject === text ? alternative : `${subject}: ${alternative}`;

/** A step without a place in a source is none of a path through one. */
function stepOf({ source, label, adverse, decision }: TraceStep): readonly ReportStep[] {
  if (!source) return [];
  const { file, line, text = label } = source;
  const told = [decision && takenText(decision, text), adverse ? "adverse" : undefined]
    .filter((each) => each !== undefined)
    .join(", ");
  return [{ file, line, text, ...(told !== "" && { decision: told }) }];
}
