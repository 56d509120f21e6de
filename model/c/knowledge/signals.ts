import { asksDevice } from "../../kernel/table/sleeping-call.ts";
import { print } from "../flow/print.ts";
import type { CallEffect, CallOutcome, Knowledge, PlacedOperation } from "./effect.ts";

/** Semaphores of the source's own that begin with a count of 0; one of an object may be made so, as held by its maker. */
const BEGINS_AT_0 =
  /\b(?:sema_init|DEFINE_SEMAPHORE|__SEMAPHORE_INITIALIZER)\s*\(\s*&?\s*(\w+)\s*,\s*0\s*\)/g;

/**
 * The same knowledge, for a source that may wait by semaphores: one that begins at 0 is a signal, as a completion is.
 * Its down() waits for the up() of somebody else, and what one function does of the two says nothing
 * (include/linux/semaphore.h: sema_init).
 */
export function withSignals(given: Knowledge, source: string): Knowledge {
  const base = IRQ_SAFE.test(source) ? withoutDevices(given) : given;
  const signals = new Set([...source.matchAll(BEGINS_AT_0)].map(([, name]) => name));
  if (signals.size === 0) return base;
  return {
    ...base,
    find: (name, args) => {
      const effect = base.find(name, args);
      return effect && signals.has(args[0] && print(args[0]).replace(/^&/, "")) ? ofSignal(effect) : effect;
    },
  };
}

/** A device of the source may be resumed with interrupts off (drivers/base/power/runtime.c: pm_runtime_irq_safe). */
const IRQ_SAFE = /\bpm_runtime_irq_safe\s*\(/;

const withoutDevices = (base: Knowledge): Knowledge => ({
  ...base,
  leavesLocks: (name) => !asksDevice(name) && base.leavesLocks?.(name) === true,
  find: (name, args) => (asksDevice(name) ? undefined : base.find(name, args)),
});

function ofSignal(effect: CallEffect): CallEffect {
  const isSemaphore = ({ operation }: PlacedOperation) => operation.object === "semaphore";
  const outcomes = effect.outcomes.map(
    (each): CallOutcome => ({ ...each, does: each.does.filter((one) => !isSemaphore(one)) }),
  );
  return { ...effect, outcomes };
}
