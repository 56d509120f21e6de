import type { SleepChain } from "../../model/c/knowledge/index.ts";
import type { Unit } from "../../model/c/source/index.ts";
import { noSleepInAtomic } from "../../properties/no-sleep-in-atomic.ts";
import { ATOMIC_CONTEXT, RUN_AS, type RunsAtomic } from "../across/atomic-context.ts";
import { type Finding, findingId } from "../finding.ts";
import { textOfChain, underLock } from "../sleep-message.ts";

/** A function of another file that calls one that sleeps. */
export interface Caller {
  readonly name: string;
  readonly file: string;
  /** Of its call. From 1. */
  readonly line: number;
}

/** The outermost of some callers, and what makes its call one in atomic context. */
export interface AtomicCaller extends Caller {
  readonly in:
    | { readonly kind: "section"; readonly lock: string }
    | { readonly kind: "handler"; readonly runs: RunsAtomic };
}

/** A function of a checked file, and how it sleeps. */
export interface Asleep {
  readonly name: string;
  readonly file: string;
  readonly unit: Unit;
  readonly chain: SleepChain;
}

/** What is said of a function that sleeps, and that is called in atomic context. `between`: who calls it for that, the outermost first. */
export function foundAbove(caller: AtomicCaller, between: readonly Caller[], asleep: Asleep): Finding {
  const all = [caller, ...between];
  const calls = all.map((each) => `${each.name}() at ${each.file}:${each.line}`).join(" -> ");
  const section = caller.in.kind === "section" ? caller.in.lock : undefined;
  const where =
    caller.in.kind === "section"
      ? underLock(caller.in.lock)
      : `, which the kernel runs ${RUN_AS[caller.in.runs]}`;
  return found(asleep, {
    rule: section === undefined ? ATOMIC_CONTEXT : noSleepInAtomic.name,
    lock: section ?? "",
    said: `is called by ${calls}${where}`,
    functions: all.map((each) => each.name),
  });
}

/** The same of one that another file has the kernel run in atomic context. */
export const foundRegistered = (place: string, runs: RunsAtomic, asleep: Asleep): Finding =>
  found(asleep, {
    ...{ rule: ATOMIC_CONTEXT, lock: "", functions: [] },
    said: `is registered at ${place}, and the kernel runs it ${RUN_AS[runs]}`,
  });

interface Said {
  readonly rule: string;
  readonly lock: string;
  readonly said: string;
  readonly functions: readonly string[];
}

function found(
  { name, file, unit: { lines }, chain }: Asleep,
  { rule, lock, said, functions }: Said,
): Finding {
  const own: SleepChain = chain.map(({ file: other, ...call }) =>
    other === file ? call : { ...call, ...(other !== undefined && { file: other }) },
  );
  const [first] = own;
  const text = lines.textOf(first?.line ?? 0);
  return {
    id: findingId(rule, name, lock, [text, ...functions].join(" < ")),
    rule,
    confidence: "audit",
    file,
    line: first?.line ?? 0,
    function: name,
    functions: [...functions, name, ...chain.slice(0, -1).map(({ callee }) => callee)],
    lock,
    message: `${textOfChain(first?.callee ?? "", own.slice(1))} may sleep, and ${name}() ${said}`,
    cause: `above ${name}`,
    path: own.flatMap((call) =>
      call.file === undefined ? [{ line: call.line, text: lines.textOf(call.line) }] : [],
    ),
  };
}
