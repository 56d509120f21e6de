import { setFlagsFromString } from "node:v8";

/** In bytes of bytecode run: some seven times V8's own default. */
const BUDGET = 1_000_000;

/**
 * Has V8 optimise what runs often later than it would. Thousands of small programs are built and searched once:
 * optimising the code for each of its many shapes costs more than it gains.
 */
export function optimiseLate(): void {
  setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
