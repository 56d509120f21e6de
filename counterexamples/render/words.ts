import type { ModelIdentity } from "../trace/trace.ts";

/** `1 step`, `2 steps`. */
export const count = (number: number, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;

/** `madvise v5 ptes=2 folios=1`. */
export function modelName({ scenario, version, parameters }: ModelIdentity): string {
  const sizes = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [scenario, version, ...sizes].filter((part) => part !== undefined).join(" ");
}
