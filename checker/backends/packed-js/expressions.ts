import type { Slot } from "../../../model/ir/layout.ts";
import { type EvenRun, evenRun } from "../../ground/even-run.ts";
import type { Ground } from "../../ground/ground.ts";
import { intervalOf, within } from "../../ground/interval.ts";

/** Writes JavaScript that reads a packed state from the locals `w0`, `w1`, ... */
export class ExpressionWriter {
  readonly slots: readonly Slot[];
  private temporaries = 0;

  constructor(slots: readonly Slot[]) {
    this.slots = slots;
  }

  /** Declares the names that the expressions written since the last call assign to. */
  declareTemporaries(): string {
    const names = Array.from({ length: this.temporaries }, (_, each) => `t${each}`);
    this.temporaries = 0;
    return names.length === 0 ? "" : `let ${names.join(", ")};`;
  }

  /** An expression of JavaScript's own truth values. */
  condition(ground: Ground): string {
    switch (ground.kind) {
      case "constant":
        return ground.value === 0 ? "false" : "true";
      case "slot":
        return this.slotHolds(ground.slot);
      case "not":
        return `!(${this.condition(ground.operand)})`;
      case "and":
      case "or":
        return `(${ground.operands.map((each) => this.condition(each)).join(ground.kind === "and" ? " && " : " || ")})`;
      case "equal":
        return this.equal(ground.left, ground.right);
      case "less":
        return `${this.value(ground.left)} < ${this.value(ground.right)}`;
      default:
        return `(${this.value(ground)}) !== 0`;
    }
  }

  /** An expression of the value, a 32-bit integer. */
  value(ground: Ground): string {
    switch (ground.kind) {
      case "constant":
        return String(ground.value);
      case "slot":
        return this.slotValue(this.slot(ground.slot));
      case "add":
        return `(${this.value(ground.left)} + ${this.value(ground.right)})`;
      case "subtract":
        return `(${this.value(ground.left)} - ${this.value(ground.right)})`;
      case "if":
        return `(${this.condition(ground.condition)} ? ${this.value(ground.yes)} : ${this.value(ground.no)})`;
      case "select":
        return this.selection(ground);
      case "fault":
        return "fault()";
      default:
        return `(${this.condition(ground)} ? 1 : 0)`;
    }
  }

  slot(number: number): Slot {
    const found = this.slots[number];
    if (!found) throw new Error(`no slot ${number}`);
    return found;
  }

  /** An expression that is the offset of the index from `first`, or a fault beyond `count`. */
  offset(index: Ground, first: number, count: number): string {
    const value = first === 0 ? this.value(index) : `${this.value(index)} - ${first}`;
    const possible = intervalOf(index, this.slots);
    if (within(possible, { min: first, max: first + count - 1 })) return `(${value})`;
    const name = `t${this.temporaries++}`;
    const assigned = `(${name} = ${value})`;
    const names = within(possible, WRAPS_TO_NONE)
      ? `${assigned} >>> 0 < ${count}`
      : `${assigned} >= 0 && ${name} < ${count}`;
    return `(${names} ? ${name} : fault())`;
  }

  private slotValue({ word, shift, width, min }: Slot): string {
    if (width === 0) return String(min);
    const bits = shift === 0 ? `w${word} & ${maskOf(width)}` : `w${word} >>> ${shift} & ${maskOf(width)}`;
    return min === 0 ? `(${bits})` : `((${bits}) + ${min})`;
  }

  private slotHolds(number: number): string {
    const { word, shift, width, min } = this.slot(number);
    if (min !== 0 || width === 0) return `${this.slotValue(this.slot(number))} !== 0`;
    return `(w${word} & ${(maskOf(width) << shift) | 0}) !== 0`;
  }

  private equal(left: Ground, right: Ground): string {
    if (left.kind === "slot" && right.kind === "constant") return this.slotEquals(left.slot, right.value);
    if (right.kind === "slot" && left.kind === "constant") return this.slotEquals(right.slot, left.value);
    return `${this.value(left)} === ${this.value(right)}`;
  }

  /** Compares in place, without shifting. */
  private slotEquals(number: number, value: number): string {
    const { word, shift, width, min, max } = this.slot(number);
    if (value < min || value > max) return "false";
    if (width === 0) return "true";
    return `(w${word} & ${(maskOf(width) << shift) | 0}) === ${((value - min) << shift) | 0}`;
  }

  private selection({ index, first, options }: Ground & { kind: "select" }): string {
    const offset = this.offset(index, first, options.length);
    const run = evenRun(options, this.slots);
    if (run) {
      const bits = `(w${run.word} >>> ${shiftAt(run, offset)} & ${maskOf(run.width)})`;
      return run.min === 0 ? bits : `(${bits} + ${run.min})`;
    }
    const name = `t${this.temporaries++}`;
    const chain = options.reduceRight<string>(
      (otherwise, option, position) =>
        otherwise === ""
          ? this.value(option)
          : `${name} === ${position} ? ${this.value(option)} : ${otherwise}`,
      "",
    );
    return `(${name} = ${offset}, ${chain})`;
  }
}

/** Offsets that one comparison of 32 bits tells from those of elements. */
const WRAPS_TO_NONE = { min: -(2 ** 30), max: 2 ** 30 };

export function shiftAt({ shift, width }: EvenRun, offset: string): string {
  const scaled = width === 1 ? offset : `${offset} * ${width}`;
  return shift === 0 ? `(${scaled})` : `(${shift} + ${scaled})`;
}

export function maskOf(width: number): number {
  return 2 ** width - 1;
}
