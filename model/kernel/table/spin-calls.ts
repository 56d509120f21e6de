import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import type { Lock } from "./lock.ts";
import { enter, leave, restoreIrq, saveIrq } from "./operations.ts";
import { locking, trying, unlocking } from "./row.ts";

type Suffix = "" | "_bh" | "_irq" | "_irqsave";

/** What the calls of a form disable besides preemption. */
interface Form {
  readonly lock: Suffix;
  readonly unlock: string;
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

export const FORMS: readonly Form[] = [
  { lock: "", unlock: "", before: [], after: [] },
  { lock: "_bh", unlock: "_bh", before: [enter("bh")], after: [leave("bh")] },
  { lock: "_irq", unlock: "_irq", before: [enter("irq")], after: [leave("irq")] },
  { lock: "_irqsave", unlock: "_irqrestore", before: saveIrq(1), after: restoreIrq(1) },
];

export const formsBut = (...left: readonly Suffix[]): readonly Form[] =>
  FORMS.filter(({ lock }) => !left.includes(lock));

interface SpinCalls {
  /** The names up to the form's suffix. */
  readonly lock: string;
  readonly unlock: string;
  readonly trylock?: string;
  readonly source: string;
  readonly on: Lock;
  readonly forms?: readonly Form[];
  /** Follows the form's suffix. */
  readonly end?: string;
}

/** The calls of a spinning lock in all its forms: plain, _bh, _irq and _irqsave. */
export function spinCalls({ lock, unlock, trylock, source, on, forms = FORMS, end = "" }: SpinCalls) {
  return forms.flatMap((form): readonly Primitive[] => [
    locking(`${lock}${form.lock}${end}`, source, on, ...form.before),
    unlocking(`${unlock}${form.unlock}${end}`, source, on, ...form.after),
    ...(trylock === undefined ? [] : [trying(`${trylock}${form.lock}${end}`, source, on, ...form.before)]),
  ]);
}
