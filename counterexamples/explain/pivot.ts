import { apply, transitionOf, unlessWrong } from "../../checker/interpret/interpret.ts";
import type { Move } from "../../checker/result.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Model, Transition } from "../../model/ir/model.ts";
import type { ExecutedStep, Execution } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { type GoodEnd, goodEnd, otherMoves } from "./alternative.ts";
import type { Explanation } from "./explanation.ts";

/** What turned a run bad, and where the code then takes the bad way. */
type Turn = Required<Pick<Explanation, "pivot" | "guilty">>;

interface Found {
  /** Position of the step, from 0. */
  readonly at: number;
  readonly good: GoodEnd;
}

const LIMITS: SearchOptions = { maxStates: 20_000 };

/**
 * The last outcome or branch for which another way, followed by ordinary outcomes only, ends without the
 * violation. What went wrong is blamed before what went as usual: a way that is more adverse than the one
 * taken is only looked for where no other saves the run.
 */
export function pivotOf(
  model: Model,
  property: string,
  execution: Execution,
  limits: SearchOptions = LIMITS,
): Turn | undefined {
  const mild = (taken: Move, other: Move) =>
    transitionOf(model, other).weight <= transitionOf(model, taken).weight;
  const last = (allowed: typeof mild) => lastTurn(model, property, execution, limits, allowed);
  const found = last(mild) ?? last((taken, other) => !mild(taken, other));
  return found && replays(model, property, execution, found) ? turnOf(model, execution, found) : undefined;
}

function lastTurn(
  model: Model,
  property: string,
  { steps }: Execution,
  limits: SearchOptions,
  allowed: (taken: Move, other: Move) => boolean,
): Found | undefined {
  for (const [at, step] of [...steps.entries()].reverse()) {
    if (!canTurn(step)) continue;
    for (const move of otherMoves(model, step).filter((other) => allowed(step.move, other))) {
      const good = goodEnd(model, property, { before: step.before, move }, limits);
      if (good) return { at, good };
    }
  }
  return undefined;
}

/** An outcome or a branch; what the data was, and how much there was of it, is nobody's fault. */
function canTurn({ transition }: ExecutedStep): boolean {
  const { decision } = transition;
  return decision !== undefined && decision.kind !== "layout" && !isLoopTest(transition);
}

/** What saves the run can be taken from where it turns, and violates nothing on its way. */
function replays(model: Model, property: string, execution: Execution, found: Found): boolean {
  return unlessWrong(() => replaysRight(model, property, execution, found)) ?? false;
}

function replaysRight(model: Model, property: string, { steps }: Execution, { at, good }: Found): boolean {
  let state = steps[at]?.before;
  for (const move of [good.move, ...good.rest]) {
    const step = state && apply(model, state, move);
    if (!state || step?.kind !== "successor") return false;
    const taken = { move, transition: transitionOf(model, move), before: state, patches: step.patches };
    state = step.state;
    if (violationAtEnd(model, { initial: state, steps: [taken], final: state }, property)) return false;
  }
  return true;
}

function turnOf(model: Model, { steps }: Execution, { at, good }: Found): Turn | undefined {
  const step = steps[at];
  const decision = step?.transition.decision;
  if (!step || !decision) return undefined;
  const instead = transitionOf(model, good.move);
  const pivot = {
    step: at + 1,
    subject: decision.subject,
    taken: decision.alternative,
    instead: instead.decision?.alternative ?? instead.label,
    certain: good.certain,
  };
  const wentWrong = decision.kind === "outcome" && step.transition.weight > instead.weight;
  const own = steps.slice(at + 1).filter(({ move }) => move.task === step.move.task);
  const saved = good.rest.filter(({ task }) => task === step.move.task);
  const guilty = (wentWrong && partingStep(model, own, saved)) || step;
  const { source } = guilty.transition;
  return { pivot, guilty: { step: steps.indexOf(guilty) + 1, ...(source && { source }) } };
}

/**
 * Where, after an outcome, the task goes the bad way: the saved run comes to the same place and goes on
 * differently.
 */
function partingStep(
  model: Model,
  bad: readonly ExecutedStep[],
  good: readonly Move[],
): ExecutedStep | undefined {
  const saved = good.map((move) => transitionOf(model, move));
  let from = 0;
  for (const step of bad) {
    const at = saved.findIndex((each, position) => position >= from && each.from === step.transition.from);
    if (at < 0) continue;
    if (saved[at] !== step.transition) return step;
    from = at + 1;
  }
  return undefined;
}

/** The head of a loop in C, macros that walk a list among them. */
const LOOP_HEAD = /^\s*(?:\}\s*)?(?:for|while|do|\w*for_each\w*)\b/;

/** Whether a branch asks if a loop goes on. */
function isLoopTest({ decision, source }: Transition): boolean {
  if (decision?.kind !== "branch") return false;
  return decision.loop === true || LOOP_HEAD.test(source?.text ?? "");
}
