import { evenRun } from "../../ground/even-run.ts";
import { isFalse, isTrue, type Target } from "../../ground/ground.ts";
import type { GroundCheck, GroundWrite, Rule } from "../../ground/ground-problem.ts";
import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import { type CodeContext, FUNCTION, GLOBAL } from "./environment.ts";
import { type ExpressionCompiler, shiftOf, widened } from "./expressions.ts";
import { WordWriter } from "./word-writer.ts";

/** A block that fires the rule where it is enabled; `location` is where the task is now. */
export function ruleCode(
  rule: Rule,
  location: number,
  compiler: ExpressionCompiler,
  context: CodeContext,
): Bytes {
  const writer = new WordWriter(compiler.locals);
  const { map, words } = context;
  const guard = isTrue(rule.guard) ? [] : wasm.branchIf(0, wasm.eqz(compiler.condition(rule.guard)));
  const writes = rule.writes.map((write) => writeCode(write, rule, compiler, writer));
  const move = rule.to === location ? [] : writer.putConstant(compiler.slot(rule.task - 1), rule.to);
  const settled = words.each((word) => writer.settle(word));
  return wasm.block(
    guard,
    ...rule.assertions.map((each) => judgement(each, compiler)),
    ...writes,
    isFalse(rule.collision) ? [] : wasm.when(compiler.condition(rule.collision), wasm.UNREACHABLE),
    move,
    ...settled,
    wasm.call(FUNCTION.collect, ...words.each((word) => writer.read(word))),
    wasm.store8(wasm.globalGet(GLOBAL.report), wasm.i32(2), map.report.fired + rule.transition),
  );
}

/** Reports the check where its condition says so. */
export function judgement({ check, condition, witness }: GroundCheck, compiler: ExpressionCompiler): Bytes {
  const holds = compiler.condition(condition);
  return wasm.when(witness ? holds : wasm.eqz(holds), wasm.call(FUNCTION.seen, wasm.i32(check * 4)));
}

function writeCode(
  write: GroundWrite,
  rule: Rule,
  compiler: ExpressionCompiler,
  writer: WordWriter,
): readonly Bytes[] {
  const { target, value, min, mayLeave } = write;
  // The place is looked up before the value is read, as the interpreter does.
  const place =
    target.kind === "select" ? compiler.offset(target.index, target.first, target.options.length) : undefined;
  const lookup = place ? place.code : [];
  if (value.kind === "constant" && target.kind === "slot" && !mayLeave) {
    return [lookup, writer.putConstant(compiler.slot(target.slot), value.value)];
  }
  const local = compiler.locals.add(wasm.I32);
  const read = wasm.set(local, compiler.value(value));
  const left = mayLeave ? leaving(write, local, rule) : [];
  const unbiased = min === 0 ? wasm.get(local) : wasm.sub(wasm.get(local), wasm.i32(min));
  return [lookup, read, left, assign(target, unbiased, compiler, writer, place?.local ?? 0)];
}

function leaving({ min, max, margin }: GroundWrite, local: number, { transition }: Rule): Bytes {
  const value = wasm.get(local);
  const beyond = wasm.or(wasm.ltS(value, wasm.i32(min)), wasm.gtS(value, wasm.i32(max)));
  if (margin === undefined) return wasm.when(beyond, wasm.UNREACHABLE);
  const end = wasm.add(wasm.i32(margin), wasm.gtS(value, wasm.i32(max)));
  return wasm.when(beyond, wasm.call(FUNCTION.ended, wasm.i32(transition), end), wasm.branch(1));
}

function assign(
  target: Target,
  value: Bytes,
  compiler: ExpressionCompiler,
  writer: WordWriter,
  place: number,
): Bytes {
  switch (target.kind) {
    case "fault":
      return wasm.UNREACHABLE;
    case "slot":
      return writer.put(compiler.slot(target.slot), value);
    case "select": {
      const run = evenRun(target.options, compiler.slots);
      if (run) return writer.putAt(widened(run), shiftOf(run, place), value);
      return assignChain(target, value, compiler, writer, place);
    }
  }
}

/** Tests one option after the other; words must be settled in between, as only one of them is written. */
function assignChain(
  target: Target & { kind: "select" },
  value: Bytes,
  compiler: ExpressionCompiler,
  writer: WordWriter,
  place: number,
): Bytes {
  const words = new Set(slotsIn(target).map((slot) => compiler.slot(slot).word));
  const before = [writer.settleAll(), writer.copy(words)];
  const cases = target.options.map((option, position) => {
    const inner = option.kind === "select" ? innerPlace(option, compiler) : undefined;
    const written = assign(option, value, compiler, writer, inner?.local ?? 0);
    const here = wasm.eq(wasm.get(place), wasm.i32(position));
    return wasm.when(here, inner?.code ?? [], written, writer.settleAll());
  });
  return [before, ...cases];
}

function innerPlace(target: Target & { kind: "select" }, compiler: ExpressionCompiler) {
  return compiler.offset(target.index, target.first, target.options.length);
}

function slotsIn(target: Target): readonly number[] {
  if (target.kind === "select") return target.options.flatMap(slotsIn);
  return target.kind === "slot" ? [target.slot] : [];
}
