import { and } from "../../ir/expression.ts";
import type { Decision, Update } from "../../ir/model.ts";
import type { Call, ResolvedOperation, ResolvedOutcome } from "../calls/calls.ts";
import { isTainted, type Key, pointerTo } from "../calls/key.ts";
import { type Action, type FlowNode, POSITIVE } from "../flow/graph.ts";
import type { BoundPlan, LockEvent, Step } from "./binding.ts";
import { allFacts, assignedFacts, overwrittenFacts, unreadableFacts } from "./fact-updates.ts";
import { setMask, setResult, testFor } from "./fact-values.ts";
import { behindGuess, guessAt, tellsGuesses } from "./guess.ts";
import { assignedLocks, comparedLocks, givenLocks, locksOfLoop, unreadableLocks } from "./lock-updates.ts";
import { recheckedFacts } from "./recheck.ts";
import { returned } from "./returned.ts";
import { notedError } from "./returned-error.ts";

/** One way to go on from a node: a step, or several, between which other tasks may run. */
export interface Successor {
  /** The node that follows in the flow; -1 at the function's end. */
  readonly to: number;
  readonly label: string;
  readonly steps: readonly Step[];
  readonly weight?: 0 | 1;
  readonly decision?: Decision;
}

/** Lines that a diff does not show may have done what a property waits for. */
const HIDDEN: LockEvent = { kind: "hidden", object: "lines", updates: [] };
const RETURN: LockEvent = { kind: "return", object: "function", updates: [] };

export function successorsOf(
  plan: BoundPlan,
  node: number,
  { action, next, otherwise, callee }: FlowNode,
): readonly Successor[] {
  switch (action.kind) {
    case "call":
      return callSuccessors(plan, node, action, { next, ...(callee !== undefined && { callee }) });
    case "assign":
      return assigned(plan, node, action, next);
    case "forget":
      return step(next, "forget", overwrittenFacts(plan, action), givenLocks(plan, action));
    case "branch":
      return [
        branch(plan, action, { node, holds: true, to: next, callee }),
        branch(plan, action, { node, holds: false, to: otherwise, callee }),
      ];
    case "return": {
      const events = [...plan.binding.returnEvents(), RETURN];
      const updates = [returned(action.value, plan.tracked), ...notedError(plan, action.value)];
      return [{ to: -1, label: action.text, steps: [{ updates, events }] }];
    }
    case "unreadable": {
      const lost = plan.binding.forget(unreadableLocks(plan, action.text));
      return step(next, "unreadable", lost, unreadableFacts(plan, action.text));
    }
    case "gap": {
      const updates = [...plan.binding.forget(plan.calls.keys), ...allFacts(plan)];
      return [{ to: next, label: "lines not shown", steps: [{ updates, events: [HIDDEN] }] }];
    }
    case "behind": {
      const { keys = [] } = plan.calls.unclearBehind.get(node) ?? {};
      const unclear = plan.calls.keys.filter(({ index }) => keys.includes(index));
      return step(next, `behind ${action.name}()`, behindGuess(plan, unclear, action.isOutermost));
    }
    case "stop":
      return [];
    default:
      return step(next, action.kind);
  }
}

const assigned = (plan: BoundPlan, node: number, action: Action & { kind: "assign" }, next: number) =>
  step(next, `${action.target} = ...`, assignedFacts(plan, action), assignedLocks(plan, action, node));

const step = (
  to: number,
  label: string,
  ...updates: readonly (readonly Update[])[]
): readonly Successor[] => [{ to, label, steps: [{ updates: updates.flat() }] }];

interface Side {
  readonly node: number;
  readonly holds: boolean;
  readonly to: number;
  /** The function whose body the branch stands in, where that is laid in the place of its call. */
  readonly callee: string | undefined;
}

function branch(
  plan: BoundPlan,
  action: Action & { kind: "branch" },
  { node, holds, to, callee }: Side,
): Successor {
  const test = testFor(action.condition, holds, plan.tracked);
  const alternative = holds ? action.holds : action.fails;
  const same = holds ? comparedLocks(plan, action.condition) : [];
  const isGuess = callee !== undefined && tellsGuesses(plan);
  const other = isGuess ? testFor(action.condition, !holds, plan.tracked)?.guard : undefined;
  const guess = isGuess ? [guessAt(other)] : [];
  const updates = [
    ...(test?.learned ?? []),
    ...plan.binding.forget(same),
    ...guess,
    ...locksOfLoop(plan, node, holds ? "holds" : "fails"),
  ];
  return {
    to,
    label: `${action.text} -> ${alternative}`,
    steps: [{ updates, ...(test && { guard: and(test.guard) }) }],
    decision: { kind: "branch", subject: action.text, alternative },
  };
}

/** A successor for each way that the call can turn out. */
function callSuccessors(
  plan: BoundPlan,
  node: number,
  call: Call,
  { next: to, callee }: Pick<FlowNode, "next" | "callee">,
): readonly Successor[] {
  const known = plan.calls.outcomes.get(node) ?? [];
  const outcomes = call.granted ? known.map((each) => ({ ...each, refuses: [] })) : known;
  const one = outcomes.length === 1;
  return outcomes.map((outcome) => ({
    to,
    label: one ? `${call.name}()` : `${call.name}() -> ${outcome.name}`,
    weight: outcome.weight,
    steps:
      one || callee === undefined
        ? stepsOf(plan, node, call, outcome)
        : guessing(plan, stepsOf(plan, node, call, outcome)),
    ...(!one && { decision: { kind: "outcome", subject: call.name, alternative: outcome.name } }),
  }));
}

/** How a call of a callee turns out is open to the function that is judged. */
const guessing = (plan: BoundPlan, steps: readonly Step[]): readonly Step[] =>
  tellsGuesses(plan)
    ? steps.map((each) => ({ ...each, updates: [...each.updates, guessAt(undefined)] }))
    : steps;

/** The binding's steps; what the caller learns and loses by the call is changed with the last. */
function stepsOf(plan: BoundPlan, node: number, call: Call, outcome: ResolvedOutcome): readonly Step[] {
  const steps = plan.binding.call(call.name, outcome);
  const after = [...learnedFacts(plan, node, call, outcome), ...plan.binding.forget(lostKeys(plan, outcome))];
  return steps.map((each, at) =>
    at === steps.length - 1 ? { ...each, updates: [...each.updates, ...after] } : each,
  );
}

function learnedFacts(
  plan: BoundPlan,
  node: number,
  { result }: Call,
  { does, returns, exactly }: ResolvedOutcome,
): readonly Update[] {
  const variable = plan.tracked.variables.get(result);
  const given = variable && setResult(variable, returns, exactly);
  const known = [...nonNullPointers(plan, does), ...(given ? [given] : [])];
  if (!does.some(({ operation }) => operation.kind === "acquire")) return known;
  const rechecked = recheckedFacts(plan, node).filter(
    (update) => !known.some((each) => each.variable === update.variable),
  );
  return [...known, ...rechecked];
}

/** A pointer through which a lock is taken is not NULL. */
function nonNullPointers(
  { calls, tracked }: BoundPlan,
  does: readonly ResolvedOperation[],
): readonly Update[] {
  return does.flatMap(({ operation, key }) => {
    const lock = operation.kind === "acquire" && key !== undefined ? calls.keys[key] : undefined;
    const pointers = lock
      ? pointerTo(lock, calls.aliases).flatMap((name) => tracked.variables.get(name) ?? [])
      : [];
    return pointers.map((variable) => setMask(variable, POSITIVE));
  });
}

function lostKeys(
  { calls }: BoundPlan,
  { forgets, forgetsContexts, taints }: ResolvedOutcome,
): readonly Key[] {
  const lost = new Set([...forgets, ...forgetsContexts.map((each) => calls.contexts.get(each)?.index)]);
  return calls.keys.filter((key) => lost.has(key.index) || (taints && isTainted(key, taints)));
}
