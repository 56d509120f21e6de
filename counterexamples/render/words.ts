import type { ModelIdentity } from "../trace/trace.ts";

/** `1 step`, `2 steps`. */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

/** `madvise v5 ptes=2 folios=1`. */
export function modelName({ scenario, version, parameters }: ModelIdentity): string {
  const sizes = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [scenario, version, ...sizes].filter((part) => part !== undefined).join(" ");
}
