import { isFalse, isTrue } from "../../ground/ground.ts";
import type { GroundCheck, GroundLocation, GroundWrite, Rule } from "../../ground/ground-problem.ts";
import { raiseFault } from "../fault.ts";
import type { Sink } from "../stored-engine.ts";
import { type Reader, type Readers, readerOf, targetReaderOf } from "./readers.ts";

/** A location of a task, made ready to run. */
export interface Place {
  readonly end: boolean;
  readonly checks: readonly Judge[];
  readonly rows: readonly Row[];
}

/** A rule as closures over the slots' values. */
export interface Row {
  readonly rule: Rule;
  readonly guard: Reader | undefined;
  readonly assertions: readonly Judge[];
  readonly writes: readonly Write[];
  /** Whether two of them meet; absent where they never do. */
  readonly collides: Reader | undefined;
}

export interface Judge {
  readonly check: number;
  /** Whether the condition is to be reported: when it fails, or, for a witness, when it holds. */
  readonly reported: (values: Int32Array) => boolean;
}

interface Write {
  readonly write: GroundWrite;
  readonly target: Reader;
  readonly value: Reader;
}

export function placeOf({ end, checks, rules }: GroundLocation, known?: Readers): Place {
  return {
    end,
    checks: checks.map((each) => judgeOf(each, known)),
    rows: rules.map((each) => rowOf(each, known)),
  };
}

function rowOf(rule: Rule, known?: Readers): Row {
  return {
    rule,
    guard: isTrue(rule.guard) ? undefined : readerOf(rule.guard, known),
    assertions: rule.assertions.map((each) => judgeOf(each, known)),
    writes: rule.writes.map((write) => ({
      write,
      target: targetReaderOf(write.target),
      value: readerOf(write.value, known),
    })),
    collides: isFalse(rule.collision) ? undefined : readerOf(rule.collision, known),
  };
}

export function judgeOf({ check, condition, witness }: GroundCheck, known?: Readers): Judge {
  const read = readerOf(condition, known);
  return { check, reported: (values) => (read(values) !== 0) === witness };
}

export function report(judges: readonly Judge[], values: Int32Array, sink: Pick<Sink, "seen">): void {
  for (const { check, reported } of judges) if (reported(values)) sink.seen(check);
}

/**
 * Judges the row's assertions and writes its successor to `next`, which holds a copy of the values.
 * Whether it was disabled, ended at a margin, or moved.
 */
export function fire(
  { rule, guard, assertions, writes, collides }: Row,
  values: Int32Array,
  next: Int32Array,
  sink: Pick<Sink, "seen" | "ended">,
): "disabled" | "ended" | "moved" {
  if (guard && guard(values) === 0) return "disabled";
  report(assertions, values, sink);
  next.set(values);
  for (const { write, target, value } of writes) {
    const [slot, written] = [target(values), value(values)];
    if (write.mayLeave && (written < write.min || written > write.max)) {
      sink.ended(rule.transition, (write.margin ?? raiseFault()) + (written > write.max ? 1 : 0));
      return "ended";
    }
    next[slot] = written;
  }
  if (collides && collides(values) !== 0) raiseFault();
  next[rule.task - 1] = rule.to;
  return "moved";
}
