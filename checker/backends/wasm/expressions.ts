import type { Slot } from "../../../model/ir/layout.ts";
import { type EvenRun, evenRun } from "../../ground/even-run.ts";
import type { Ground } from "../../ground/ground.ts";
import { intervalOf, within } from "../../ground/interval.ts";
import type { Bytes } from "./encoder/bytes.ts";
import * as wasm from "./encoder/instructions.ts";
import type { Locals } from "./locals.ts";

const TRUE = wasm.i32(1);
const FALSE = wasm.i32(0);

/** Compiles expressions over a packed state in 64-bit locals, the first of which are the parameters. */
export class ExpressionCompiler {
  readonly slots: readonly Slot[];
  readonly locals: Locals;
  private readonly wide: readonly WideSlot[];

  constructor(slots: readonly Slot[], locals: Locals) {
    this.slots = slots;
    this.wide = slots.map(widened);
    this.locals = locals;
  }

  slot(number: number): WideSlot {
    const found = this.wide[number];
    if (!found) throw new Error(`no slot ${number}`);
    return found;
  }

  /** 0 or 1. */
  condition(ground: Ground): Bytes {
    switch (ground.kind) {
      case "constant":
        return ground.value === 0 ? FALSE : TRUE;
      case "slot":
        return this.slotHolds(ground.slot);
      case "not":
        return wasm.eqz(this.condition(ground.operand));
      case "and":
      case "or":
        return this.connective(ground);
      case "equal":
        return this.equal(ground.left, ground.right);
      case "less":
        return wasm.ltS(this.value(ground.left), this.value(ground.right));
      default:
        return this.value(ground);
    }
  }

  /** A 32-bit integer. */
  value(ground: Ground): Bytes {
    switch (ground.kind) {
      case "constant":
        return wasm.i32(ground.value);
      case "slot":
        return this.slotValue(this.slot(ground.slot));
      case "add":
        return wasm.add(this.value(ground.left), this.value(ground.right));
      case "subtract":
        return wasm.sub(this.value(ground.left), this.value(ground.right));
      case "if":
        return wasm.choose(
          wasm.I32,
          this.condition(ground.condition),
          this.value(ground.yes),
          this.value(ground.no),
        );
      case "select":
        return this.selection(ground);
      case "fault":
        return wasm.UNREACHABLE;
      default:
        return this.condition(ground);
    }
  }

  /** Code that leaves the offset of the index from `first` in a new local, or traps beyond `count`. */
  offset(index: Ground, first: number, count: number): { readonly code: Bytes; readonly local: number } {
    const local = this.locals.add(wasm.I32);
    const value = first === 0 ? this.value(index) : wasm.sub(this.value(index), wasm.i32(first));
    const found = wasm.set(local, value);
    const bounds = { min: first, max: first + count - 1 };
    if (within(intervalOf(index, this.slots), bounds)) return { local, code: found };
    const beyond = wasm.geU(wasm.get(local), wasm.i32(count));
    return { local, code: [found, wasm.when(beyond, wasm.UNREACHABLE)] };
  }

  private slotValue({ word, shift, width, min }: WideSlot): Bytes {
    if (width === 0) return wasm.i32(min);
    const shifted = shift === 0n ? wasm.get(word) : wasm.shrU64(wasm.get(word), wasm.i64(shift));
    return biased(wasm.and(wasm.wrap(shifted), wasm.i32(2 ** width - 1)), min);
  }

  private slotHolds(number: number): Bytes {
    const { word, mask, width, min } = this.slot(number);
    if (min !== 0 || width === 0) return wasm.ne(this.value({ kind: "slot", slot: number }), FALSE);
    return wasm.ne64(wasm.and64(wasm.get(word), wasm.i64(mask)), wasm.i64(0n));
  }

  /** Without jumps where reading all operands does no harm. */
  private connective({ kind, operands }: Ground & { kind: "and" | "or" }): Bytes {
    const parts = operands.map((each) => this.condition(each));
    if (operands.every(isHarmless)) return parts.reduce((left, right) => CONNECT[kind](left, right));
    return parts.reduceRight((rest, each) =>
      kind === "and" ? wasm.choose(wasm.I32, each, rest, FALSE) : wasm.choose(wasm.I32, each, TRUE, rest),
    );
  }

  private equal(left: Ground, right: Ground): Bytes {
    if (left.kind === "slot" && right.kind === "constant") return this.slotEquals(left.slot, right.value);
    if (right.kind === "slot" && left.kind === "constant") return this.slotEquals(right.slot, left.value);
    return wasm.eq(this.value(left), this.value(right));
  }

  /** Compares in place, without shifting. */
  private slotEquals(number: number, value: number): Bytes {
    const { word, shift, mask, min, max } = this.slot(number);
    if (value < min || value > max) return FALSE;
    const wanted = BigInt(value - min) << shift;
    return wasm.eq64(wasm.and64(wasm.get(word), wasm.i64(mask)), wasm.i64(wanted));
  }

  private selection({ index, first, options }: Ground & { kind: "select" }): Bytes {
    const { code, local } = this.offset(index, first, options.length);
    const run = evenRun(options, this.slots);
    if (run) return [code, this.elementOf(run, local)];
    const chain = options.reduceRight<Bytes | undefined>((otherwise, option, position) => {
      const value = this.value(option);
      const here = wasm.eq(wasm.get(local), wasm.i32(position));
      return otherwise ? wasm.choose(wasm.I32, here, value, otherwise) : value;
    }, undefined);
    return [code, chain ?? wasm.UNREACHABLE];
  }

  private elementOf(run: EvenRun, local: number): Bytes {
    const { word, width, min } = run;
    const bits = wasm.wrap(wasm.shrU64(wasm.get(word >> 1), shiftOf(run, local)));
    return biased(wasm.and(bits, wasm.i32(2 ** width - 1)), min);
  }
}

const CONNECT = { and: wasm.and, or: wasm.or } as const;

/** A slot in words of 64 bits. */
export interface WideSlot {
  readonly word: number;
  readonly shift: bigint;
  readonly width: number;
  readonly min: number;
  readonly max: number;
  /** The slot's bits, in place. */
  readonly mask: bigint;
}

export function widened({ word, shift, width, min, max }: Slot): WideSlot {
  const wide = BigInt(shift + 32 * (word & 1));
  return { word: word >> 1, shift: wide, width, min, max, mask: ((1n << BigInt(width)) - 1n) << wide };
}

/** The shift, in 64 bits, of the element whose offset is in the local. */
export function shiftOf({ word, shift, width }: EvenRun, local: number): Bytes {
  const scaled = wasm.mul(wasm.get(local), wasm.i32(width));
  return wasm.extend(wasm.add(scaled, wasm.i32(shift + 32 * (word & 1))));
}

function biased(value: Bytes, min: number): Bytes {
  return min === 0 ? value : wasm.add(value, wasm.i32(min));
}

/** Reading it cannot trap and costs little. */
function isHarmless(ground: Ground): boolean {
  switch (ground.kind) {
    case "constant":
    case "slot":
      return true;
    case "not":
      return isHarmless(ground.operand);
    case "and":
    case "or":
      return ground.operands.every(isHarmless);
    case "equal":
    case "less":
    case "add":
    case "subtract":
      return isHarmless(ground.left) && isHarmless(ground.right);
    default:
      return false;
  }
}
