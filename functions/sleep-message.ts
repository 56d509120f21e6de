import type { SleepChain } from "../model/c/knowledge/index.ts";
import { sleepsBy } from "../model/kernel/table/sleeping-call.ts";

/** A call in atomic context, and what a rule says of it. */
interface SaidOfCall {
  readonly said: string;
  readonly callee: string;
  /** Empty where the rule is about none. */
  readonly lock: string;
  /** The source where the call stands, as far as its first line goes. */
  readonly text?: string;
}

/** What is said of a call that sleeps, or that comes to sleep by the calls of a chain. */
export function messageOfSleep({ said, callee, lock, text = "" }: SaidOfCall, chain: SleepChain): string {
  const macro = new RegExp(`\\b${callee}\\b`).test(text) ? undefined : CALL.exec(text)?.[1];
  const from = macro === undefined ? "" : `${macro}() -> `;
  return `${said}: ${from}${textOfChain(callee, chain)}${underLock(lock)}`;
}

/** What forbids to sleep, as it ends a sentence. */
export const underLock = (lock: string): string => HOW[lock] ?? (lock === "" ? "" : `, under ${lock}`);

/** What forbids to sleep where it is no lock. */
const HOW: Readonly<Record<string, string>> = {
  irq: ", with interrupts disabled",
  bh: ", with bottom halves disabled",
  preempt: ", with preemption disabled",
  rcu: ", in an RCU read section",
};

/** The first call in a line, which stands for a macro where it is another than the one that is judged. */
const CALL = /\b(?!(?:if|while|for|switch|return|sizeof)\b)(\w+)\s*\(/;

/** `feed() -> grow() at line 12 -> mutex_lock() at line 5`; of a listed call what it sleeps by. */
export function textOfChain(callee: string, chain: SleepChain): string {
  const steps = chain.map(
    (each) => ` -> ${each.callee}() at ${each.file === undefined ? "line " : `${each.file}:`}${each.line}`,
  );
  const end = sleepsBy(chain.at(-1)?.callee ?? callee);
  return `${callee}()${steps.join("")}${end === undefined ? "" : ` -> ${end}()`}`;
}
