import { setFlagsFromString } from "node:v8";

/** For thousands of small programs that are each built and searched once: of many shapes, none runs often. */
export const MANY_PROGRAMS = 1_000_000;
/** For a single search: most end before optimised code would pay; a reduced one of a second needs it. */
export const ONE_SEARCH = 500_000;

/**
 * Has V8 optimise what runs often later than it would, which costs more than it gains in a run of a second.
 * `budget`: bytes of bytecode run by a function before it is optimised; V8's own default is some 70,000.
 */
export function optimiseLate(budget: number): void {
  setFlagsFromString(`--interrupt-budget=${budget}`);
}
