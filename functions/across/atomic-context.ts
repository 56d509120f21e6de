import type { SleepChain, Sleepers } from "../../model/c/knowledge/index.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";
import { putsOffInInterrupt, type RunsIn } from "../../model/kernel/table/registration.ts";
import { type Finding, findingId, type PathStep } from "../finding.ts";
import { textOfChain } from "../sleep-message.ts";
import { sleepOfHandler } from "./atomic-caller.ts";
import type { Registered } from "./registered.ts";
import { findingOf } from "./told.ts";
import type { UnitMoments } from "./unit-moments.ts";

export type RunsAtomic = Exclude<RunsIn, "process">;

export const runsAtomic = (runs: RunsIn): runs is RunsAtomic => runs !== "process";

/** How the kernel runs it. */
export const RUN_AS: Readonly<Record<RunsAtomic, string>> = {
  "hard-irq": "as an interrupt handler",
  softirq: "as a softirq",
  "bh-off": "with bottom halves off",
  "lock-held": "under a spinning lock",
};

/**
 * A function that the kernel runs as an interrupt handler, timer, tasklet, poll function or RCU callback comes to sleep,
 * by functions of the source too. Where a path leads there, whatever it is given, it is certain; else a hint.
 */
export async function atomicContext(
  file: string,
  unit: UnitMoments,
  registered: readonly Registered[],
  sleepers: Sleepers,
): Promise<readonly Finding[]> {
  const findings = new Map<string, Finding>();
  for (const { name, in: where } of registered) {
    if (!runsAtomic(where) || findings.has(name)) continue;
    const each = unit.unit.functions.find((one) => one.name === name);
    const found = each && (await sleepIn(each, RUN_AS[where], { file, unit, sleepers }));
    if (found) findings.set(name, found);
  }
  return [...findings.values()];
}

interface Source {
  readonly file: string;
  readonly unit: UnitMoments;
  readonly sleepers: Sleepers;
}

async function sleepIn(each: UnitFunction, place: string, source: Source): Promise<Finding | undefined> {
  const { unit, sleepers, file } = source;
  const { surroundings } = unit;
  const answer = sleepers.has(each.name)
    ? await sleepOfHandler(each, surroundings, sleepers, true)
    : ({ kind: "unknown" } as const);
  if (answer.kind === "sleeps" && isForbidden(answer.chain))
    return certain(each, answer.chain, place, source);
  const { moments } = await unit.of(each);
  const at = moments.find(({ sleeps, call }) => sleeps && !putsOffInInterrupt.has(call.name));
  const message = `${at?.call.name}() may sleep, in a function that the kernel runs ${place}`;
  return at && findingOf(file, unit, { rule: ATOMIC_CONTEXT, lock: "", at, message });
}

export const ATOMIC_CONTEXT = "atomic-context";

const isForbidden = (chain: SleepChain): boolean => !putsOffInInterrupt.has(chain.at(-1)?.callee ?? "");

function certain(each: UnitFunction, chain: SleepChain, place: string, { file, unit }: Source): Finding {
  const { lines } = unit.unit;
  const path = chain.map(({ line }): PathStep => ({ line, text: lines.textOf(line) }));
  const [first] = chain;
  const text = lines.textOf(first?.line ?? 0);
  const last = chain.at(-1);
  return {
    id: findingId(ATOMIC_CONTEXT, each.name, "", text),
    rule: ATOMIC_CONTEXT,
    confidence: "hard",
    file,
    line: first?.line ?? 0,
    function: each.name,
    functions: [each.name, ...chain.slice(0, -1).map(({ callee }) => callee)],
    lock: "",
    message: `${textOfChain(first?.callee ?? "", chain.slice(1))} may sleep, in a function that the kernel runs ${place}`,
    path,
    ...(last && { asleep: `${last.callee} at ${last.line}` }),
  };
}
