import { NotModelled, requireReason, withinStack } from "../not-modelled.ts";
import type { Flow } from "./flow/graph.ts";
import type { Inline } from "./flow/inline.ts";
import { type OwnGuards, readGuards } from "./flow/own-guards.ts";
import { buildFlow } from "./flow/statement.ts";
import type { Knowledge } from "./knowledge/effect.ts";
import { isReleaseStatement } from "./knowledge/knowledge.ts";
import { isUnseenExit } from "./macros/unseen-exit.ts";
import { macroUse } from "./macros/use.ts";
import type { FactChoice } from "./plan/facts.ts";
import { type Plan, planProgram } from "./plan/plan.ts";
import { withBodies } from "./plan/with-bodies.ts";
import type { Binding } from "./program/binding.ts";
import { type Translation, translate } from "./program/translate.ts";
import { type Reading, readConditionals } from "./source/conditional.ts";
import { numberOf } from "./source/enumerators.ts";
import type { Expanded } from "./source/expand.ts";
import { guardsIn } from "./source/guards.ts";
import { tooDeep } from "./source/normalise.ts";
import { bodyOf, type Unit, type UnitFunction } from "./source/unit.ts";
import { statusBinding } from "./status/binding.ts";
import type { Stmt } from "./syntax/ast.ts";
import { deepestIn } from "./syntax/deepest.ts";
import { parseBody } from "./syntax/index.ts";
import { withOwnBits } from "./syntax/own-bits.ts";
import { placed } from "./syntax/placed.ts";
import { withoutShadows } from "./syntax/shadowed.ts";

/** What a function of a source is read with. */
export interface Surroundings {
  readonly unit: Unit;
  readonly file: string;
  readonly known: Knowledge;
  /** Bodies to lay in place of calls; none where absent. */
  readonly inline?: Inline;
}

/** A function with one choice of its `#if` arms, parsed and to be made a program. */
export interface FunctionReading extends Reading {
  readonly statements: readonly Stmt[];
  /** The text with macros expanded that matter to locks: it is what was parsed. */
  readonly expanded: Expanded;
  /**
   * The program that keeps these facts; that of a function judged alone, where nothing else binds its locks.
   * @throws NotModelled for a size that no person writes: to plan and to search it takes time out of all proportion.
   */
  program(choice: FactChoice, bind?: (plan: Plan) => Binding): Translation;
}

export interface FunctionReadings {
  readonly readings: readonly FunctionReading[];
  /** Offsets in the file of `#if` arms that no reading takes. */
  readonly unread: readonly number[];
}

/** The largest function of the kernel has a third of it. */
const MAX_STEPS = 2_000;
/** How many steps times how many locks: of the kernel's functions none has a fiftieth of it. */
const MAX_CELLS = 100_000;

/**
 * The readings of a function that together take each arm of each `#if`, as far as that is possible.
 * @throws NotModelled for a body that is too long, or nested too deeply.
 */
export async function readFunction(
  each: UnitFunction,
  surroundings: Surroundings,
): Promise<FunctionReadings> {
  const { bodyStart } = each;
  const body = bodyOf(surroundings.unit.text, each);
  const deep = tooDeep(body);
  if (deep !== undefined) {
    throw new NotModelled({
      kind: "nested too deeply",
      line: surroundings.unit.lines.lineAt(bodyStart + deep),
    });
  }
  const macros = macroUse(each, surroundings.unit, surroundings.known);
  const { readings, unread, unreadOutside } = withinStack(() =>
    readConditionals(body, {
      outside: surroundings.unit.macros.armsFor(macros.used),
      constantOf: (name) => surroundings.unit.macros.constantAt(name, bodyStart),
    }),
  );
  const guards = await readGuards(guardsIn(surroundings.unit.text));
  const parsed: FunctionReading[] = [];
  for (const reading of readings) {
    const given = new Set(reading.given.filter((name) => !name.startsWith("!")));
    const expanded = withinStack(() => macros.expand(reading.text, given));
    const read = await statementsOf(reading, expanded, bodyStart);
    const statements = withinStack(
      () => withOwnBits(withoutShadows(read, each.parameters), (name) => constantIn(surroundings.unit, name)),
      () => deepestIn(read),
    );
    parsed.push({
      ...reading,
      expanded,
      statements,
      program: programOf(statements, each, { ...surroundings, guards }),
    });
  }
  return {
    readings: parsed,
    unread: [...unread.map((at) => bodyStart + at), ...unreadOutside],
  };
}

async function statementsOf({ text }: Reading, expanded: Expanded, offset: number): Promise<readonly Stmt[]> {
  if (expanded.text === text) return parseBody(text, offset);
  const origin = (at: number) => offset + expanded.originOf(at);
  try {
    const statements = await parseBody(expanded.text, 0);
    return withinStack(
      () => placed(statements, origin),
      () => deepestIn(statements),
    );
  } catch (error) {
    const reason = requireReason(error);
    const isPlaced = reason.kind === "nested too deeply" && reason.at !== undefined;
    throw new NotModelled(isPlaced ? { ...reason, at: origin(reason.at) } : reason);
  }
}

/** Of an enumerator, or of a macro that is a number. */
function constantIn({ enumerators, macros }: Unit, name: string): number | undefined {
  const [only, ...others] = macros.definitionsOf(name);
  if (!only) return enumerators.get(name);
  return others.length > 0 || only.parameters ? undefined : numberOf(only.body ?? "");
}

function programOf(
  statements: readonly Stmt[],
  { name, bodyEnd, annotations, parameters }: UnitFunction,
  { unit, file, known, guards, inline }: Surroundings & { readonly guards: OwnGuards },
): FunctionReading["program"] {
  const place = { name, file, lines: unit.lines };
  const alone = (plan: Plan) => statusBinding(plan, annotations);
  const calls = {
    matters: (callee: string) => known.matters(callee),
    leavesLocks: (callee: string) => known.leavesLocks?.(callee) === true,
    numberOf: (constant: string) => constantIn(unit, constant),
    flagsArgument: (callee: string) => known.flagsArgument?.(callee),
    isDefined: (callee: string) => known.isDefined?.(callee) === true,
    neverReturns: (callee: string) => unit.neverReturning.has(callee),
    isRelease: (callee: string) => isReleaseStatement(known, callee),
    mayLeave: (callee: string) => isUnseenExit(callee, unit, known),
  };
  const flowWith = (laid: Inline | undefined) =>
    buildFlow(statements, bodyEnd - 1, { calls, guards, parameters, inline: laid });
  const planned = (of: Flow, choice: FactChoice) => planProgram(of, known, choice);
  let flow: Flow | undefined;
  const program = (choice: FactChoice, bind = alone): Translation => {
    flow ??= flowWith(inline);
    if (flow.nodes.length > MAX_STEPS) throw new NotModelled({ kind: "too many steps", most: MAX_STEPS });
    const plain = planned(flow, choice);
    const plan =
      inline || choice === "of calls"
        ? plain
        : withBodies(plain, known, (laid) => planned(flowWith(laid), choice));
    const [steps, locks] = [plan.kept.nodes.length, plan.calls.keys.length];
    if (steps * locks > MAX_CELLS) {
      throw new NotModelled({ kind: "too many locks", locks, steps, most: MAX_CELLS });
    }
    return translate(plan, place, bind);
  };
  return (choice, bind) =>
    withinStack(
      () => program(choice, bind),
      () => deepestIn(statements),
    );
}
