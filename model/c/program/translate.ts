import { lastOfEach } from "../../ir/compose.ts";
import type { Model, Program, Source, Transition } from "../../ir/model.ts";
import { placed } from "../plan/facts.ts";
import type { Plan } from "../plan/plan.ts";
import type { Lines } from "../source/text.ts";
import type { Binding, BoundPlan, Step } from "./binding.ts";
import { withoutDeadFacts } from "./fact-updates.ts";
import { factVariables } from "./fact-values.ts";
import { GUESSED, tellsGuesses } from "./guess.ts";
import { returnedVariable } from "./returned.ts";
import { errorVariable } from "./returned-error.ts";
import { type Successor, successorsOf } from "./successors.ts";

/** Where a function stands, for its transitions' sources. */
export interface Place {
  readonly name: string;
  readonly file: string;
  readonly lines: Lines;
}

/** A function as a model of one task, and what of it the model does not say. */
export interface Translation {
  readonly model: Model;
  readonly plan: Plan;
  readonly binding: Binding;
  /** By transition: the `continue`, `break` and `goto` on its way. */
  readonly jumps: readonly (readonly Source[])[];
  /** The nodes that the transitions come from, by transition. */
  readonly nodes: readonly number[];
}

/** A transition with what a trace needs beside it. */
interface Written {
  readonly transition: Transition;
  readonly jumps: readonly Source[];
  readonly node: number;
}

const END = "end";

/** Writes a planned function down as guarded commands; `bind` decides how the state of its locks is kept. */
export function translate(plan: Plan, place: Place, bind: (plan: Plan) => Binding): Translation {
  const binding = bind(plan);
  const bound = { ...plan, binding, tracked: placed(plan.tracked, binding.factPlace) };
  const written = plan.kept.nodes.flatMap((node) => transitionsFrom(bound, node, place));
  return {
    model: modelOf(
      bound,
      place,
      written.map(({ transition }) => transition),
    ),
    plan,
    binding,
    jumps: written.map(({ jumps }) => jumps),
    nodes: written.map(({ node }) => node),
  };
}

function modelOf(
  { binding, calls, kept, flow, tracked }: BoundPlan,
  { name }: Place,
  transitions: readonly Transition[],
): Model {
  const locations = kept.nodes.map((node) => ({
    name: locationName(node),
    ...(flow.nodes[node]?.action.kind === "stop" && { end: true }),
  }));
  const between = transitions.flatMap(({ to }) => (isBetween(to) ? [{ name: to }] : []));
  const program: Program = {
    name,
    start: locationName(kept.entry),
    locations: [...locations, ...between, { name: END, end: true }],
    transitions,
  };
  const guesses = tellsGuesses({ calls }) ? [GUESSED] : [];
  const error = errorVariable({ flow, kept });
  return {
    name,
    sets: {},
    variables: [
      ...binding.variables,
      ...factVariables(tracked),
      ...guesses,
      returnedVariable(tracked),
      ...(error ? [error] : []),
    ],
    programs: [program],
    tasks: [{ program: name, count: 1 }],
    invariants: [],
  };
}

const locationName = (node: number): string => (node < 0 ? END : `n${node}`);

/** After so many steps of a node's successor, where there are more to come. */
const betweenName = (node: number, successor: number, steps: number): string =>
  `n${node}.${successor}.${steps}`;

const isBetween = (location: string): boolean => location.includes(".");

function transitionsFrom(plan: BoundPlan, node: number, place: Place): readonly Written[] {
  const from = plan.flow.nodes[node];
  if (!from) return [];
  const line = place.lines.lineAt(from.at);
  const source: Source = { file: place.file, line, text: place.lines.textOf(line) };
  return successorsOf(plan, node, from).flatMap((successor, position) => {
    const { to, steps } = successor;
    const arrival = to < 0 ? { node: -1, jumps: [] } : plan.kept.arrive(to);
    const jumps = arrival.jumps.map((jump) => jumpSource(plan, jump, place));
    return steps.map((step, at): Written => {
      const [first, last] = [at === 0, at === steps.length - 1];
      const written = lastOfEach(step.updates);
      const updates = last ? withoutDeadFacts(plan, written, node, arrival.node) : written;
      const transition = {
        from: first ? locationName(node) : betweenName(node, position, at),
        to: last ? locationName(arrival.node) : betweenName(node, position, at + 1),
        ...transitionOf(successor, { ...step, updates }, first, source),
      };
      return { transition, jumps: last ? jumps : [], node };
    });
  });
}

/** What decided for the successor is told with its first step. */
function transitionOf(
  { label, weight = 0, decision }: Successor,
  { name, guard, updates, events }: Step,
  first: boolean,
  source: Source,
): Omit<Transition, "from" | "to"> {
  return {
    label: name === undefined ? label : `${label}: ${name}`,
    ...(guard && { guard }),
    updates,
    weight: first ? weight : 0,
    source,
    ...(first && decision && { decision }),
    ...(events && { events }),
  };
}

function jumpSource({ flow }: Plan, jump: number, { file, lines }: Place): Source {
  const node = flow.nodes[jump];
  const text = node?.action.kind === "jump" ? node.action.text : "";
  return { file, line: lines.lineAt(node?.at ?? 0), text };
}
