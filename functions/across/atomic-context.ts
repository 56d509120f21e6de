import { putsOffInInterrupt } from "../../model/kernel/table/registration.ts";
import type { Finding } from "../finding.ts";
import type { Moment } from "./moments.ts";
import type { Registered } from "./registered.ts";
import { findingOf } from "./told.ts";
import type { UnitMoments } from "./unit-moments.ts";

const PLACES = {
  "hard-irq": "as an interrupt handler",
  softirq: "as a softirq",
  "bh-off": "with bottom halves off",
} as const;

/**
 * A function that the kernel runs as an interrupt handler, timer, tasklet, poll function or RCU callback calls what
 * sleeps, whatever comes of the call, or a function of the source that does. A hint.
 */
export async function atomicContext(
  file: string,
  unit: UnitMoments,
  registered: readonly Registered[],
): Promise<readonly Finding[]> {
  const findings = new Map<string, Finding>();
  for (const { name, in: where } of registered) {
    if (where === "process") continue;
    const each = unit.unit.functions.find((one) => one.name === name);
    if (!each || findings.has(name)) continue;
    const { moments } = await unit.of(each);
    const found = moments.find(({ sleeps, call }) => sleeps && !putsOffInInterrupt.has(call.name));
    if (found) findings.set(name, told(file, unit, found, PLACES[where]));
  }
  return [...findings.values()];
}

const told = (file: string, unit: UnitMoments, at: Moment, place: string): Finding =>
  findingOf(file, unit, {
    rule: "atomic-context",
    lock: "",
    at,
    message: `${at.call.name}() may sleep, in a function that the kernel runs ${place}`,
  });
