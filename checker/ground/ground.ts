/**
 * Expressions with the acting task, the choice and every quantified name put in: what is left reads slots
 * of the state. All compiled back ends and the reductions work from these.
 */
export type Ground =
  | { readonly kind: "constant"; readonly value: number }
  /** The value of a slot, by its number. */
  | { readonly kind: "slot"; readonly slot: number }
  /** One of the options, by an index that counts from `first`; a fault where there is none. */
  | {
      readonly kind: "select";
      readonly index: Ground;
      readonly first: number;
      readonly options: readonly Ground[];
    }
  | { readonly kind: "not"; readonly operand: Ground }
  | { readonly kind: "and" | "or"; readonly operands: readonly Ground[] }
  | {
      readonly kind: "equal" | "less" | "add" | "subtract";
      readonly left: Ground;
      readonly right: Ground;
    }
  | { readonly kind: "if"; readonly condition: Ground; readonly yes: Ground; readonly no: Ground }
  /** Reading this is an error of the model: an index that names no element. */
  | { readonly kind: "fault" };

/** Kinds that are large enough for what is made of one to be kept, where several transitions share it. */
export const SHARED: ReadonlySet<string> = new Set(["if", "and", "or"]);

/** A place to write to. */
export type Target =
  | { readonly kind: "slot"; readonly slot: number }
  | {
      readonly kind: "select";
      readonly index: Ground;
      readonly first: number;
      readonly options: readonly Target[];
    }
  | { readonly kind: "fault" };

export const FAULT = { kind: "fault" } as const;
const TRUE = numeral(1);
const FALSE = numeral(0);

export function numeral(value: number): Ground {
  return { kind: "constant", value };
}

export function isTrue(ground: Ground): boolean {
  return ground.kind === "constant" && ground.value !== 0;
}

export function isFalse(ground: Ground): boolean {
  return ground.kind === "constant" && ground.value === 0;
}

/** The option that an index of known value selects, or the selection left to be made. */
export function select<T extends Ground | Target>(
  index: Ground,
  first: number,
  options: readonly T[],
): T | typeof FAULT | { kind: "select"; index: Ground; first: number; options: readonly T[] } {
  if (index.kind === "constant") return options[index.value - first] ?? FAULT;
  return { kind: "select", index, first, options };
}

export function negate(operand: Ground): Ground {
  if (operand.kind === "not") return operand.operand;
  return operand.kind === "constant" ? numeral(operand.value === 0 ? 1 : 0) : { kind: "not", operand };
}

/** Conjunction or disjunction; operands behind a deciding constant are never read, those before it are. */
export function connect(kind: "and" | "or", operands: readonly Ground[]): Ground {
  const [decides, neutral] = kind === "and" ? [isFalse, isTrue] : [isTrue, isFalse];
  const end = operands.findIndex(decides);
  const read = (end < 0 ? operands : operands.slice(0, end + 1)).filter((each) => !neutral(each));
  if (read.length === 0) return kind === "and" ? TRUE : FALSE;
  return read.length === 1 && read[0] ? read[0] : { kind, operands: read };
}

export function compare(kind: "equal" | "less", left: Ground, right: Ground): Ground {
  if (left.kind === "constant" && right.kind === "constant") {
    const holds = kind === "equal" ? left.value === right.value : left.value < right.value;
    return holds ? TRUE : FALSE;
  }
  return { kind, left, right };
}

export function sum(kind: "add" | "subtract", left: Ground, right: Ground): Ground {
  if (left.kind === "constant" && right.kind === "constant") {
    return numeral(kind === "add" ? left.value + right.value : left.value - right.value);
  }
  return { kind, left, right };
}

export function choose(condition: Ground, yes: Ground, no: Ground): Ground {
  if (condition.kind === "constant") return isFalse(condition) ? no : yes;
  return { kind: "if", condition, yes, no };
}
