import { and, type Expression } from "../../ir/expression.ts";
import type { Decision, Event, Model, Program, Source, Transition, Update } from "../../ir/model.ts";
import type { ResolvedOperation } from "../calls/calls.ts";
import { type Key, pointerTo } from "../calls/key.ts";
import { type Action, type FlowNode, POSITIVE } from "../flow/graph.ts";
import type { CallOutcome } from "../knowledge/effect.ts";
import { handedKeys, type Plan } from "../plan/plan.ts";
import type { Annotation } from "../source/annotation.ts";
import type { Lines } from "../source/text.ts";
import { handedOn, refused } from "../status/changes.ts";
import { happen, type LockEvent, tainted } from "../status/effects.ts";
import { statusVariable } from "../status/status.ts";
import { assignUpdates, forgetAll, locksCompared, unreadableUpdates, writeUpdates } from "./change.ts";
import { credible, statusOnEntry } from "./entry.ts";
import { factVariables, setMask, testFor } from "./fact.ts";
import { flagsGiven } from "./flags.ts";
import { expiring, listsGiven } from "./list.ts";
import { recheckUpdates } from "./recheck.ts";
import { RETURNED, returned } from "./returned.ts";
import { settled } from "./settle.ts";
import { triedGuard } from "./trylock.ts";

/** Where a function stands, for its transitions' sources. */
export interface Place {
  readonly name: string;
  readonly file: string;
  readonly lines: Lines;
  /** What its head says of locks. */
  readonly annotations?: readonly Annotation[];
}

/** A function as a model of one task, and what of it the model does not say. */
export interface Translation {
  readonly model: Model;
  readonly plan: Plan;
  /** By transition: the `continue`, `break` and `goto` on its way. */
  readonly jumps: readonly (readonly Source[])[];
  /** The nodes that the transitions come from, by transition. */
  readonly nodes: readonly number[];
}

interface Way {
  readonly to: number;
  readonly label: string;
  readonly guard?: Expression;
  readonly updates: readonly Update[];
  readonly events?: readonly LockEvent[];
  readonly weight?: 0 | 1;
  readonly decision?: Decision;
}

const END = "end";

/** Writes a planned function down as guarded commands. */
export function translate(plan: Plan, place: Place): Translation {
  const transitions: Transition[] = [];
  const jumps: Source[][] = [];
  const nodes: number[] = [];
  for (const node of plan.kept.nodes) {
    const from = plan.flow.nodes[node];
    if (!from) continue;
    for (const way of waysFrom(plan, node, from)) {
      const arrival = way.to < 0 ? { node: -1, jumps: [] } : plan.kept.arrive(way.to);
      transitions.push(transitionOf(plan, node, from, way, arrival.node, place));
      jumps.push(arrival.jumps.map((jump) => jumpSource(plan, jump, place)));
      nodes.push(node);
    }
  }
  return { model: modelOf(plan, place, transitions), plan, jumps, nodes };
}

function modelOf(plan: Plan, { name, annotations = [] }: Place, transitions: readonly Transition[]): Model {
  const locations = plan.kept.nodes.map((node) => ({
    name: locationName(node),
    ...(plan.flow.nodes[node]?.action.kind === "stop" && { end: true }),
  }));
  const program: Program = {
    name,
    start: locationName(plan.kept.entry),
    locations: [...locations, { name: END, end: true }],
    transitions,
  };
  return {
    name,
    sets: {},
    variables: [
      ...plan.bound.keys.map((key) => statusVariable(key, statusOnEntry(key, plan, annotations))),
      ...factVariables(plan.tracked),
      RETURNED,
    ],
    programs: [program],
    tasks: [{ program: name, count: 1 }],
    invariants: [],
  };
}

const locationName = (node: number): string => `n${node}`;

function transitionOf(
  plan: Plan,
  node: number,
  from: FlowNode,
  way: Way,
  to: number,
  place: Place,
): Transition {
  const { guard, updates, events, weight, decision, label } = way;
  const line = place.lines.lineAt(from.at);
  return {
    from: locationName(node),
    to: to < 0 ? END : locationName(to),
    label,
    ...(guard && { guard }),
    updates: settled(plan, updates, node, to),
    weight: weight ?? 0,
    source: { file: place.file, line, text: place.lines.textOf(line) },
    ...(decision && { decision }),
    ...(events && { events }),
  };
}

function jumpSource({ flow }: Plan, jump: number, { file, lines }: Place): Source {
  const node = flow.nodes[jump];
  const text = node?.action.kind === "jump" ? node.action.text : "";
  return { file, line: lines.lineAt(node?.at ?? 0), text };
}

/** Lines that a diff does not show may have done what a property waits for. */
const HIDDEN: Event = { kind: "hidden", object: "lines", updates: [] };
const RETURN: Event = { kind: "return", object: "function", updates: [] };

/** Each way on from a node. */
function waysFrom(plan: Plan, node: number, { action, next, otherwise }: FlowNode): readonly Way[] {
  switch (action.kind) {
    case "call":
      return callWays(plan, node, action, next);
    case "assign":
      return [{ to: next, label: `${action.target} = ...`, updates: assignUpdates(plan, action) }];
    case "forget":
      return [
        {
          to: next,
          label: "forget",
          updates: [
            ...writeUpdates(plan, action),
            ...handedKeys(action, plan.bound).map(handedOn),
            ...tainted(flagsGiven(plan.bound.keys, action)),
            ...tainted(listsGiven(plan.bound.keys, action)),
          ],
        },
      ];
    case "branch":
      return [branchWay(plan, action, true, next), branchWay(plan, action, false, otherwise)];
    case "return":
      return [
        {
          to: -1,
          label: action.text,
          updates: [returned(action.value, plan.tracked)],
          events: [...expiring(plan.bound.keys), RETURN],
        },
      ];
    case "unreadable":
      return [{ to: next, label: "unreadable", updates: unreadableUpdates(plan, action.text) }];
    case "gap":
      return [{ to: next, label: "lines not shown", updates: forgetAll(plan), events: [HIDDEN] }];
    case "stop":
      return [];
    default:
      return [{ to: next, label: action.kind, updates: [] }];
  }
}

function callWays(plan: Plan, node: number, action: Action & { kind: "call" }, to: number): readonly Way[] {
  const outcomes = plan.calls.outcomes.get(node) ?? [];
  const variable = plan.tracked.variables.get(action.result);
  return outcomes.map(({ name, weight, does, returns, taints, forgets, refuses }): Way => {
    const { events, updates } = happen(credible(does, plan), plan.bound);
    const one = outcomes.length === 1;
    const guard = triedGuard(plan, action.name, does);
    const takes = does.some(({ operation }) => operation.kind === "acquire");
    const facts = [...dereferenced(plan, does), ...(variable ? [setMask(variable, returns)] : [])];
    return {
      to,
      label: one ? `${action.name}()` : `${action.name}() -> ${name}`,
      events,
      weight,
      ...(guard && { guard }),
      updates: [
        ...updates,
        ...refuses.flatMap((key) => plan.bound.keys[key] ?? []).map(refused),
        ...facts,
        ...(takes ? recheckUpdates(plan.flow, node, plan.tracked) : []).filter(
          ({ variable: name }) => !facts.some((each) => each.variable === name),
        ),
        ...tainted(plan.bound.keys.filter((key) => forgets.includes(key.index) || isTainted(key, taints))),
      ],
      ...(!one && { decision: { kind: "outcome", subject: action.name, alternative: name } }),
    };
  });
}

const isTainted = ({ object }: Key, taints: CallOutcome["taints"]): boolean =>
  taints === "all" || taints?.includes(object) === true;

/** Whoever takes a lock through a pointer knows that it is not NULL. */
function dereferenced(plan: Plan, does: readonly ResolvedOperation[]): readonly Update[] {
  return does.flatMap(({ operation, key }) => {
    const lock = operation.kind === "acquire" && key !== undefined ? plan.bound.keys[key] : undefined;
    if (!lock) return [];
    const pointers = pointerTo(lock).flatMap((name) => plan.tracked.variables.get(name) ?? []);
    return pointers.map((variable) => setMask(variable, POSITIVE));
  });
}

function branchWay(plan: Plan, action: Action & { kind: "branch" }, holds: boolean, to: number): Way {
  const test = testFor(action.condition, holds, plan.tracked);
  const alternative = holds ? action.holds : action.fails;
  const same = holds ? locksCompared(plan, action.condition) : [];
  return {
    to,
    label: `${action.text} -> ${alternative}`,
    updates: [...(test?.learned ?? []), ...tainted(same)],
    ...(test && { guard: and(test.guard) }),
    decision: { kind: "branch", subject: action.text, alternative },
  };
}
