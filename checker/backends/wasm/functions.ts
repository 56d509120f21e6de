import { compare, connect, numeral } from "../../ground/ground.ts";
import type { GroundProblem, GroundTask } from "../../ground/ground-problem.ts";
import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { FunctionCode } from "./encoder/module.ts";
import { type CodeContext, FUNCTION, GLOBAL } from "./environment.ts";
import { ExpressionCompiler } from "./expressions.ts";
import { Locals } from "./locals.ts";
import { judgement, ruleCode } from "./rules.ts";

/** Fires all rules of a task: the words of the state are its parameters. */
export function taskFunction(task: GroundTask, ground: GroundProblem, context: CodeContext): FunctionCode {
  const { wide } = context.words;
  const locals = new Locals(wide);
  const compiler = new ExpressionCompiler(ground.slots, locals);
  const here = compiler.value({ kind: "slot", slot: task.location });
  const bodies = task.locations.map(({ rules, checks }, position): Bytes => {
    const code: Bytes[] = [];
    for (const check of checks) {
      locals.reuse();
      code.push(judgement(check, compiler));
    }
    for (const rule of rules) {
      locals.reuse();
      code.push(ruleCode(rule, position, compiler, context));
    }
    return code;
  });
  return {
    parameters: context.words.types,
    results: [],
    body: switchOver(here, bodies),
    locals: locals.added,
  };
}

/** Runs the body that the index names; each returns. */
function switchOver(index: Bytes, bodies: readonly Bytes[]): Bytes {
  const depths = bodies.map((_, position) => position);
  const jump = wasm.branchTable(index, depths, bodies.length);
  const nested = bodies.reduce<Bytes>((inner, body) => [wasm.block(inner), body, wasm.RETURN], jump);
  return wasm.block(nested);
}

/** Judges a state, its index being the parameter, and calls every task's function. */
export function expandFunction(ground: GroundProblem, { map, words }: CodeContext): FunctionCode {
  const { wide } = words;
  // The first parameters must be the words, for the compiler: the index comes behind them.
  const locals = new Locals(wide + 1);
  const index = wide;
  const compiler = new ExpressionCompiler(ground.slots, locals);
  const address = locals.add(wasm.I32);
  const before = locals.add(wasm.I32);
  const record = wasm.add(wasm.mul(wasm.get(index), wasm.i32(map.stride)), wasm.i32(map.records));
  const parameters = words.each((word) => wasm.get(word));
  const body = [
    wasm.store32(wasm.globalGet(GLOBAL.report), wasm.get(index), map.report.current),
    wasm.set(address, record),
    ...words.each((word) => wasm.set(word, words.load(wasm.get(address), word))),
    wasm.globalSet(GLOBAL.halted, wasm.i32(0)),
    wasm.set(before, wasm.globalGet(GLOBAL.taken)),
    ...ground.stateChecks.map((check) => judgement(check, compiler)),
    ...ground.tasks.map((_, position) => wasm.call(FUNCTION.task + position, ...parameters)),
    deadlockJudgement(ground, compiler, before),
  ];
  return {
    parameters: [...words.types, wasm.I32],
    results: [],
    locals: locals.added,
    body,
  };
}

function deadlockJudgement(
  { tasks, deadlockChecks }: GroundProblem,
  compiler: ExpressionCompiler,
  before: number,
): Bytes {
  if (deadlockChecks.length === 0) return [];
  const ended = tasks.map(({ location, locations }) => {
    const at = locations.flatMap(({ end }, position) => (end ? [position] : []));
    const isAt = at.map((value) => compare("equal", { kind: "slot", slot: location }, numeral(value)));
    return compiler.condition(connect("or", isAt));
  });
  const allEnded = ended.reduce((one, other) => wasm.and(one, other), wasm.i32(1));
  const nothing = wasm.eq(wasm.globalGet(GLOBAL.taken), wasm.get(before));
  const stuck = wasm.and(nothing, wasm.eqz(wasm.or(wasm.globalGet(GLOBAL.halted), allEnded)));
  return wasm.when(stuck, ...deadlockChecks.map((check) => wasm.call(FUNCTION.seen, wasm.i32(check * 4))));
}

/** seen(check * 4): keeps the first state of each check. */
export function seenFunction({ map }: CodeContext): FunctionCode {
  const at = wasm.add(wasm.globalGet(GLOBAL.report), wasm.get(0));
  const { firstSeen, current } = map.report;
  const fresh = wasm.eq(wasm.load32(at, firstSeen), wasm.i32(-1));
  const state = wasm.load32(wasm.globalGet(GLOBAL.report), current);
  return {
    parameters: [wasm.I32],
    results: [],
    locals: [],
    body: wasm.when(fresh, wasm.store32(at, state, firstSeen)),
  };
}

/** ended(transition, margin) */
export function endedFunction({ map }: CodeContext): FunctionCode {
  const [fired, margin] = [0, 1].map((local) => wasm.add(wasm.globalGet(GLOBAL.report), wasm.get(local)));
  if (!fired || !margin) throw new Error("two parameters");
  const { report } = map;
  return {
    parameters: [wasm.I32, wasm.I32],
    results: [],
    locals: [],
    body: [
      wasm.when(wasm.eqz(wasm.load8(fired, report.fired)), wasm.store8(fired, wasm.i32(1), report.fired)),
      wasm.store8(margin, wasm.i32(1), report.margins),
      wasm.globalSet(GLOBAL.halted, wasm.i32(1)),
    ],
  };
}
