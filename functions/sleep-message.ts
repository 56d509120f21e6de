import type { SleepChain } from "../model/c/knowledge/index.ts";

/** A call in atomic context, and what a rule says of it. */
interface SaidOfCall {
  readonly said: string;
  readonly callee: string;
  /** Empty where the rule is about none. */
  readonly lock: string;
}

/** What is said of a call that comes to sleep by these. */
export function messageOfSleep({ said, callee, lock }: SaidOfCall, chain: SleepChain): string {
  const whole = `${said}: ${chainText(callee, chain)}`;
  return lock === "" ? whole : `${whole}, under ${lock}`;
}

/** `feed() -> grow() at line 12 -> mutex_lock() at line 5`. */
function chainText(callee: string, chain: SleepChain): string {
  return `${callee}()${chain.map((each) => ` -> ${each.callee}() at ${each.file === undefined ? "line " : `${each.file}:`}${each.line}`).join("")}`;
}
