import { type Ground, SHARED, type Target } from "../../ground/ground.ts";
import { raiseFault } from "../fault.ts";

/** Reads a value from the slots' values. */
export type Reader = (values: Int32Array) => number;

/** Readers of expressions that several places share. */
export type Readers = Map<Ground, Reader>;

/** Makes a closure of an expression: cheaper to set up than generated code, and slower to run. */
export function readerOf(ground: Ground, known?: Readers): Reader {
  if (!known || !SHARED.has(ground.kind)) return make(ground, known);
  const found = known.get(ground) ?? make(ground, known);
  known.set(ground, found);
  return found;
}

function make(ground: Ground, known?: Readers): Reader {
  const of = (each: Ground) => readerOf(each, known);
  switch (ground.kind) {
    case "constant": {
      const { value } = ground;
      return () => value;
    }
    case "slot": {
      const { slot } = ground;
      return (values) => values[slot] as number;
    }
    case "select":
      return selected(of(ground.index), ground.first, ground.options.map(of));
    case "not": {
      const operand = of(ground.operand);
      return (values) => (operand(values) === 0 ? 1 : 0);
    }
    case "and":
    case "or":
      return connected(ground.kind, ground.operands.map(of));
    case "if": {
      const [condition, yes, no] = [ground.condition, ground.yes, ground.no].map(of) as [
        Reader,
        Reader,
        Reader,
      ];
      return (values) => (condition(values) === 0 ? no(values) : yes(values));
    }
    case "fault":
      return raiseFault;
    default:
      return combined(ground.kind, of(ground.left), of(ground.right));
  }
}

/** Finds the slot that is written. */
export function targetReaderOf(target: Target): Reader {
  switch (target.kind) {
    case "slot": {
      const { slot } = target;
      return () => slot;
    }
    case "select":
      return selected(readerOf(target.index), target.first, target.options.map(targetReaderOf));
    case "fault":
      return raiseFault;
  }
}

function selected(index: Reader, first: number, options: readonly Reader[]): Reader {
  return (values) => {
    const option = options[index(values) - first];
    return option ? option(values) : raiseFault();
  };
}

function connected(kind: "and" | "or", operands: readonly Reader[]): Reader {
  const [decides, neutral] = kind === "and" ? [0, 1] : [1, 0];
  return (values) => {
    for (const each of operands) if ((each(values) === 0) === (decides === 0)) return decides;
    return neutral;
  };
}

function combined(kind: "equal" | "less" | "add" | "subtract", left: Reader, right: Reader): Reader {
  switch (kind) {
    case "equal":
      return (values) => (left(values) === right(values) ? 1 : 0);
    case "less":
      return (values) => (left(values) < right(values) ? 1 : 0);
    case "add":
      return (values) => left(values) + right(values);
    case "subtract":
      return (values) => left(values) - right(values);
  }
}
