import type { Slot } from "../../../model/ir/layout.ts";
import type { Ground, Target } from "../../ground/ground.ts";
import { intervalOf } from "../../ground/interval.ts";

/** Evaluates expressions at a place, as far as what is known there goes, and takes down what they read. */
export class Reading {
  /** One bit for each slot that was read. */
  slots = 0n;
  /** Whether evaluating may be an error of the model, so that it matters even where the value does not. */
  mayFail = false;
  private readonly layout: readonly Slot[];
  private readonly known: ReadonlyMap<number, number>;

  constructor(layout: readonly Slot[], known: ReadonlyMap<number, number>) {
    this.layout = layout;
    this.known = known;
  }

  /** The value; undefined where it is not known. */
  value(ground: Ground): number | undefined {
    switch (ground.kind) {
      case "constant":
        return ground.value;
      case "slot":
        this.slots |= 1n << BigInt(ground.slot);
        return this.known.get(ground.slot);
      case "select":
        return agreed(this.chosen(ground).map((each) => this.value(each)));
      case "not": {
        const operand = this.value(ground.operand);
        return operand === undefined ? undefined : Number(operand === 0);
      }
      case "and":
      case "or":
        return this.connected(ground.operands, ground.kind === "and" ? 0 : 1);
      case "if": {
        const condition = this.value(ground.condition);
        if (condition !== undefined) return this.value(condition === 0 ? ground.no : ground.yes);
        return agreed([this.value(ground.yes), this.value(ground.no)]);
      }
      case "fault":
        this.mayFail = true;
        return undefined;
      default:
        return combined(ground.kind, this.value(ground.left), this.value(ground.right));
    }
  }

  /** The slots that may be written to: one where that is known. */
  targets(target: Target): readonly number[] {
    if (target.kind === "slot") return [target.slot];
    if (target.kind === "select") return this.chosen(target).flatMap((each) => this.targets(each));
    this.mayFail = true;
    return [];
  }

  /** What a selection may come to. */
  private chosen<T>({ index, first, options }: Selection<T>): readonly T[] {
    const at = this.value(index);
    const { min, max } = at === undefined ? intervalOf(index, this.layout) : { min: at, max: at };
    if (min < first || max >= first + options.length) this.mayFail = true;
    return at === undefined ? options : options.slice(Math.max(0, at - first), Math.max(0, at - first + 1));
  }

  private connected(operands: readonly Ground[], deciding: 0 | 1): number | undefined {
    let known = true;
    for (const each of operands) {
      const value = this.value(each);
      if (value === undefined) known = false;
      else if (Number(value !== 0) === deciding) return deciding;
    }
    return known ? 1 - deciding : undefined;
  }
}

interface Selection<T> {
  readonly index: Ground;
  readonly first: number;
  readonly options: readonly T[];
}

function agreed(values: readonly (number | undefined)[]): number | undefined {
  const [first] = values;
  return values.every((each) => each === first) ? first : undefined;
}

function combined(
  kind: "equal" | "less" | "add" | "subtract",
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (kind === "equal") return Number(left === right);
  if (kind === "less") return Number(left < right);
  return kind === "add" ? left + right : left - right;
}
