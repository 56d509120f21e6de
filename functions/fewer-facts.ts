import type { FactChoice } from "../model/c/index.ts";
import { ENOUGH_STATES } from "./explore.ts";
import type { Finding } from "./finding.ts";

/** What was made of a function, and whether facts had to be left out for it. */
export interface ByFacts<Made> {
  readonly made: Made;
  readonly fewer: boolean;
}

/** Makes it with these facts, or, where that makes too many states, again with the facts alone that calls give. */
export function orWithFewerFacts<Made>(
  facts: FactChoice,
  maxStates: number,
  make: (facts: FactChoice, maxStates: number) => Made,
  isCapped: (made: Made) => boolean,
): ByFacts<Made> {
  const made = make(facts, Math.min(maxStates, ENOUGH_STATES));
  if (!isCapped(made)) return { made, fewer: false };
  return { made: make("of calls", maxStates), fewer: true };
}

/** Without all facts, paths that cannot be are followed too: what is found on them is a hint. */
export const asHint = (finding: Finding): Finding => ({
  ...finding,
  confidence: "audit",
  message: `${finding.message} (the function is too large: fewer facts were kept)`,
});
