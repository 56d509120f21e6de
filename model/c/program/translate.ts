import { and, cond, type Expression } from "../../ir/expression.ts";
import type { Decision, Model, Program, Source, Transition, Update } from "../../ir/model.ts";
import { type Action, ANY, type Condition, type FlowNode, POSITIVE } from "../flow/graph.ts";
import type { Lines } from "../source/text.ts";
import { rightSide } from "./alias.ts";
import { happen, type LockEvent, tainted } from "./binding.ts";
import type { CallOutcome } from "./effect.ts";
import { factVariables, forgotten, forgottenCondition, setMask, setValue, testFor } from "./fact.ts";
import { type Key, pointerBase, pointerTo } from "./key.ts";
import { handedKeys, mentions, overwrites, type Plan, writesOf } from "./plan.ts";
import type { BoundOperation } from "./resolve.ts";
import { RETURNED, returned } from "./returned.ts";
import { HELD, moved, setStatus, statusIn, statusOf, statusVariable } from "./status.ts";

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

function modelOf(plan: Plan, { name }: Place, transitions: readonly Transition[]): Model {
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
    variables: [...plan.bound.keys.map(statusVariable), ...factVariables(plan.tracked), RETURNED],
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

/** Facts that nothing behind asks for are forgotten, so that states don't differ in them. */
function settled(plan: Plan, updates: readonly Update[], node: number, to: number): readonly Update[] {
  const after = to < 0 ? new Set<string>() : plan.live(to);
  const before = plan.live(node);
  const dead: Update[] = [];
  const drop = new Set<string>();
  for (const variable of plan.tracked.variables.values()) {
    if (after.has(variable.name)) continue;
    drop.add(variable.name);
    if (before.has(variable.name)) dead.push(forgotten(variable));
  }
  for (const text of plan.tracked.conditions) {
    if (after.has(text)) continue;
    const update = forgottenCondition(text);
    drop.add(update.variable);
    if (before.has(text)) dead.push(update);
  }
  return [...updates.filter(({ variable }) => !drop.has(variable)), ...dead];
}

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
          updates: [...writeUpdates(plan, action), ...tainted(handedKeys(action, plan.bound))],
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
          events: [{ kind: "return", object: "function", updates: [] }],
        },
      ];
    case "unreadable":
      return [{ to: next, label: "unreadable", updates: unreadableUpdates(plan, action.text) }];
    case "gap":
      return [{ to: next, label: "lines not shown", updates: forgetAll(plan) }];
    case "stop":
      return [];
    default:
      return [{ to: next, label: action.kind, updates: [] }];
  }
}

function callWays(plan: Plan, node: number, action: Action & { kind: "call" }, to: number): readonly Way[] {
  const outcomes = plan.calls.outcomes.get(node) ?? [];
  const variable = plan.tracked.variables.get(action.result);
  return outcomes.map(({ name, weight, does, returns, taints, forgets }): Way => {
    const { events, updates } = happen(does, plan.bound);
    const one = outcomes.length === 1;
    const facts = [...dereferenced(plan, does), ...(variable ? [setMask(variable, returns)] : [])];
    return {
      to,
      label: one ? `${action.name}()` : `${action.name}() -> ${name}`,
      events,
      weight,
      updates: [
        ...updates,
        ...facts,
        ...tainted(plan.bound.keys.filter((key) => forgets.includes(key.index) || isTainted(key, taints))),
      ],
      ...(!one && { decision: { kind: "outcome", subject: action.name, alternative: name } }),
    };
  });
}

const isTainted = ({ object }: Key, taints: CallOutcome["taints"]): boolean =>
  taints === "all" || taints?.includes(object) === true;

/** Whoever takes a lock through a pointer knows that it is not NULL. */
function dereferenced(plan: Plan, does: readonly BoundOperation[]): readonly Update[] {
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

/** Two lock pointers found to be one: what was noted of each apart is no longer true. */
function locksCompared({ bound }: Plan, condition: Condition): readonly Key[] {
  const [left, right, ...rest] = condition.kind === "truth" ? condition.text.split(" == ") : [];
  if (right === undefined || rest.length > 0) return [];
  return bound.keys.flatMap((key) => {
    const behind = suffixOf(key.text, left);
    const other = behind === undefined ? undefined : bound.keys.find(({ text }) => text === right + behind);
    return other ? [key, other] : [];
  });
}

/** What follows the pointer in a lock's path; undefined where the path does not start there. */
function suffixOf(text: string, pointer = ""): string | undefined {
  const rest = text.startsWith(pointer) ? text.slice(pointer.length) : undefined;
  return rest === "" || rest?.startsWith("->") ? rest : undefined;
}

function assignUpdates(plan: Plan, action: Action & { kind: "assign" }): readonly Update[] {
  const target = plan.tracked.variables.get(action.target);
  const own = target ? [setValue(target, action.value, plan.tracked)] : [];
  const lost = writeUpdates(plan, action).filter(({ variable }) => variable !== action.target);
  return [...own, ...lost, ...moveKeys(plan, action)];
}

function writeUpdates(plan: Plan, action: Action): readonly Update[] {
  const written = writesOf(action);
  const stay = action.kind === "forget" && action.conditionsStay === true;
  const kept = (name: string) =>
    action.kind === "forget" &&
    !written.includes(name) &&
    (isMapped(plan, name) || (stay && name.endsWith(" & 1")));
  const variables = [...plan.tracked.variables.values()].filter(
    ({ name }) => written.some((each) => overwrites(each, name)) && !kept(name),
  );
  const stale = action.kind === "forget" ? action.conditions : [];
  const conditions = [...plan.tracked.conditions].filter(
    (text) => stale.includes(text) || (!stay && written.some((each) => mentions(text, each))),
  );
  return [...variables.map(forgotten), ...conditions.map(forgottenCondition)];
}

/** No callee that is unknown changes the pointer to a mapping, or to its lock, which this function made. */
function isMapped({ calls, bound }: Plan, name: string): boolean {
  const group = calls.groupOf(name);
  return bound.keys.some(
    ({ object, text }) => (object === "pte-table" && text === group) || (object === "ptl" && text === name),
  );
}

/** Assigning to a pointer makes the locks reached through it other ones: those of the pointer copied, if known. */
function moveKeys(plan: Plan, action: Action & { kind: "assign" }): readonly Update[] {
  const source = action.value.kind === "copy" ? action.value.variable : undefined;
  if (source !== undefined && plan.calls.carriers.has(source)) return [];
  const affected = plan.bound.keys.filter(({ roots }) => roots.includes(action.target));
  const mappings = isForeign(plan, action)
    ? plan.bound.keys.filter((key) => isMappingOf(plan, key, action.target))
    : [];
  const updates = affected.flatMap((key) => {
    const from = source === undefined ? undefined : sameLockOf(plan.bound.keys, key, action.target, source);
    if (!from) return [moved(key)];
    const given = cond(statusIn(from, HELD), moved(from).value, statusOf(from));
    return [setStatus(key, statusOf(from)), setStatus(from, given)];
  });
  return [...updates, ...mappings.map(moved)];
}

const isMappingOf = ({ calls }: Plan, { object, text }: Key, name: string): boolean =>
  object === "pte-table" && calls.groupOf(name) === text;

/** A pointer gets a value that neither is a constant nor comes from a pointer of its group. */
function isForeign({ calls }: Plan, { target, value, from }: Action & { kind: "assign" }): boolean {
  if (value.kind === "named" || value.kind === "raised" || (value.kind === "mask" && value.mask !== ANY))
    return false;
  const base = value.kind === "copy" ? value.variable : pointerBase(from && rightSide(from));
  return base === undefined || calls.groupOf(base) !== calls.groupOf(target);
}

/** The lock that `key` means once `target` is a copy of `source`. */
function sameLockOf(keys: readonly Key[], key: Key, target: string, source: string): Key | undefined {
  if (!key.text.startsWith(target)) return undefined;
  const text = source + key.text.slice(target.length);
  return keys.find((each) => each.text === text && each.object === key.object);
}

function unreadableUpdates(plan: Plan, text: string): readonly Update[] {
  const named = plan.bound.keys.filter((key) => [key.text, ...key.roots].some((each) => endsAt(text, each)));
  const calls = plan.calls.effects.some(({ name }) => mentions(text, name));
  const variables = [...plan.tracked.variables.values()].filter(({ name }) => mentions(text, name));
  return [
    ...tainted(calls ? plan.bound.keys : named),
    ...variables.map(forgotten),
    ...[...plan.tracked.conditions].map(forgottenCondition),
  ];
}

/** Whether the text names the place itself, and not only something behind it. */
function endsAt(text: string, place: string): boolean {
  const at = text.indexOf(place);
  if (at < 0) return false;
  const rest = text.slice(at + place.length);
  return !/^(?:\w|->|\.)/.test(rest) || endsAt(rest, place);
}

function forgetAll(plan: Plan): readonly Update[] {
  return [
    ...tainted(plan.bound.keys),
    ...[...plan.tracked.variables.values()].map(forgotten),
    ...[...plan.tracked.conditions].map(forgottenCondition),
  ];
}
