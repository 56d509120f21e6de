import type { Program, Variable } from "../../../model/ir/model.ts";
import { readsOf } from "./access.ts";
import type { Step, Steps } from "./steps.ts";
import { type Valuation, valuationAfter } from "./valuation.ts";

/** A program's control flow as one task takes it, told apart by what it knows of its own flags. */
export interface Flow {
  /** Where each node is; the first is where the task starts. */
  readonly locations: readonly string[];
  readonly edges: readonly FlowEdge[];
}

export interface FlowEdge {
  readonly from: number;
  readonly step: Step;
  readonly to: number;
}

/** Nodes beyond which flags are not told apart. */
const MAX_NODES = 2000;

/**
 * Follows a task's own steps. Other tasks' can be left out, for they do not change its own variables; a
 * guard that reads anything else is taken for possible.
 */
export function flowOf(program: Program, steps: Steps): Flow {
  const known = flows.get(steps) ?? new Map<Program, Flow>();
  flows.set(steps, known);
  const flow = known.get(program) ?? followAll(program, steps);
  known.set(program, flow);
  return flow;
}

const flows = new WeakMap<Steps, Map<Program, Flow>>();

function followAll(program: Program, steps: Steps): Flow {
  const own = steps.all.filter((each) => each.program === program);
  return follow(program, own, flagsOf(own, steps)) ?? follow(program, own, new Map()) ?? EMPTY;
}

const EMPTY: Flow = { locations: [], edges: [] };

/** The task's own yes-or-no variables and enums that some guard reads. */
function flagsOf(own: readonly Step[], steps: Steps): ReadonlyMap<string, Variable> {
  const read = own.flatMap(({ transition: { guard } }) => (guard ? readsOf(guard) : []));
  const names = new Set(read.map(({ place }) => place.name).filter((name) => steps.isPrivate(name)));
  return new Map(
    [...steps.variables].filter(([name, { domain, index }]) => {
      return names.has(name) && !index && (domain.kind === "bool" || domain.kind === "enum");
    }),
  );
}

function follow(
  program: Program,
  own: readonly Step[],
  flags: ReadonlyMap<string, Variable>,
): Flow | undefined {
  const nodes: { readonly location: string; readonly known: Valuation }[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (location: string, known: Valuation): number => {
    const key = JSON.stringify([location, ...[...known].sort(([one], [other]) => (one < other ? -1 : 1))]);
    const number = numbers.get(key) ?? nodes.length;
    if (number === nodes.length) {
      numbers.set(key, number);
      nodes.push({ location, known });
    }
    return number;
  };
  numberOf(program.start, firstKnown(flags));
  const edges: FlowEdge[] = [];
  for (let from = 0; from < nodes.length; from++) {
    if (flags.size > 0 && nodes.length > MAX_NODES) return undefined;
    const { location = "", known = new Map() } = nodes[from] ?? {};
    for (const step of own.filter(({ transition }) => transition.from === location)) {
      const behind = valuationAfter(step.transition, known, flags);
      if (behind) edges.push({ from, step, to: numberOf(step.transition.to, behind) });
    }
  }
  return { locations: nodes.map(({ location }) => location), edges };
}

function firstKnown(flags: ReadonlyMap<string, Variable>): Valuation {
  return new Map(
    [...flags].flatMap(([name, { initial }]) => {
      const [first, ...others] = initial;
      return first !== undefined && others.length === 0 ? [[name, first] as const] : [];
    }),
  );
}
