import { evenRun } from "../../ground/even-run.ts";
import { isFalse, isTrue, type Target } from "../../ground/ground.ts";
import type { GroundCheck, GroundWrite, Rule } from "../../ground/ground-problem.ts";
import { type ExpressionWriter, maskOf, shiftAt } from "./expressions.ts";

/** A block that fires the rule where it is enabled; `location` is where the task is now. */
export function ruleBlock(rule: Rule, location: number, words: number, writer: ExpressionWriter): string {
  const guard = isTrue(rule.guard) ? "" : `if (${writer.condition(rule.guard)}) `;
  const body = [
    ...rule.assertions.map((each) => judgement(each, writer)),
    ...range(words).map((word) => `let n${word} = w${word};`),
    ...rule.writes.map((write, position) => writeStatement(write, position, rule, writer)),
    ...(isFalse(rule.collision) ? [] : [`if (${writer.condition(rule.collision)}) fault();`]),
    moveStatement(rule, location, writer),
    `fired[${rule.transition}] = 2;`,
    `emit(${range(words)
      .map((word) => `n${word}`)
      .join(", ")}, ${rule.weight});`,
  ];
  const label = rule.writes.some(({ mayLeave }) => mayLeave) ? "fire: " : "";
  const block = body.join("\n");
  return `{ ${writer.declareTemporaries()}\n${guard}${label}{\n${block}\n} }`;
}

/** Reports the check where its condition says so. */
export function judgement({ check, condition, witness }: GroundCheck, writer: ExpressionWriter): string {
  const holds = writer.condition(condition);
  return `if (${witness ? holds : `!(${holds})`}) seen(${check});`;
}

function moveStatement({ task, to }: Rule, location: number, writer: ExpressionWriter): string {
  return to === location ? "" : assign(writer, { kind: "slot", slot: task - 1 }, String(to), 0);
}

function writeStatement(write: GroundWrite, position: number, rule: Rule, writer: ExpressionWriter): string {
  const { target, value, min, mayLeave } = write;
  const name = `v${position}`;
  const place = `p${position}`;
  // The place is looked up before the value is read, as the interpreter does.
  const lookup =
    target.kind === "select"
      ? `const ${place} = ${writer.offset(target.index, target.first, target.options.length)};`
      : "";
  const left = mayLeave ? leaving(write, name, rule) : "";
  if (value.kind === "constant" && !mayLeave) {
    return `${lookup} ${assign(writer, target, String(value.value), min, place)}`;
  }
  return `${lookup} const ${name} = ${writer.value(value)}; ${left} ${assign(writer, target, name, min, place)}`;
}

function leaving({ min, max, margin }: GroundWrite, name: string, { transition }: Rule): string {
  const beyond = `${name} < ${min} || ${name} > ${max}`;
  if (margin === undefined) return `if (${beyond}) fault();`;
  return `if (${beyond}) { ended(${transition}, ${margin} + (${name} > ${max} ? 1 : 0)); break fire; }`;
}

function assign(writer: ExpressionWriter, target: Target, value: string, min: number, place = ""): string {
  switch (target.kind) {
    case "fault":
      return "fault();";
    case "slot": {
      const { word, shift, width } = writer.slot(target.slot);
      if (width === 0) return "";
      return `n${word} = n${word} & ${~(maskOf(width) << shift)} | ${shifted(value, min, String(shift))};`;
    }
    case "select": {
      const run = evenRun(target.options, writer.slots);
      if (run) {
        const { word, width } = run;
        const shift = shiftAt(run, place);
        return `n${word} = n${word} & ~(${maskOf(width)} << ${shift}) | ${shifted(value, min, shift)};`;
      }
      return assignChain(writer, target, value, min, place);
    }
  }
}

function assignChain(
  writer: ExpressionWriter,
  { options }: Target & { kind: "select" },
  value: string,
  min: number,
  place: string,
): string {
  const cases = options.map((option, position) => {
    if (option.kind !== "select") return `case ${position}: ${assign(writer, option, value, min)} break;`;
    const inner = `${place}_${position}`;
    const offset = writer.offset(option.index, option.first, option.options.length);
    return `case ${position}: { const ${inner} = ${offset}; ${assign(writer, option, value, min, inner)} break; }`;
  });
  return `switch (${place}) { ${cases.join(" ")} }`;
}

function shifted(value: string, min: number, shift: string): string {
  const literal = Number(value);
  if (!Number.isNaN(literal) && /^\d+$/.test(shift)) return String(((literal - min) << Number(shift)) | 0);
  const biased = min === 0 ? value : `(${value} - ${min})`;
  return shift === "0" ? biased : `${biased} << ${shift}`;
}

export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, each) => each);
}
