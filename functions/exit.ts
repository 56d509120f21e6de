import { RETURNED, type ReturnedClass, returnedClass, type Translation } from "../model/c/index.ts";
import { type Status, statusAt } from "../model/c/status/index.ts";
import type { End } from "./explore.ts";

/** How a function can end: what it returns, and what it has done to each lock by then. */
export interface Exit {
  readonly returns: ReturnedClass;
  /** By key. */
  readonly statuses: readonly Status[];
  /** The location of the return. */
  readonly site: number;
  readonly end: End;
}

/** The different ways to end, of each return by itself, each with the first end that shows it. */
export function exitsOf({ plan }: Translation, ends: readonly End[]): readonly Exit[] {
  const exits = new Map<string, Exit>();
  for (const end of ends) {
    const returns = returnedClass(end.value(RETURNED.name));
    const statuses = plan.calls.keys.map((key) => statusAt(key, end.value));
    const site = end.from;
    const look = `${site} ${returns} ${statuses.join()}`;
    if (!exits.has(look)) exits.set(look, { returns, statuses, site, end });
  }
  return [...exits.values()];
}

/** What a function leaves behind, against what it came with: one lock more, one less, or as before. */
export type Net = 1 | 0 | -1;

export function netOf(status: Status | undefined): Net | undefined {
  switch (status) {
    case "untouched":
    case "refused":
    case "assumed held":
    case "assumed held-shared":
    case "released":
    case "regained":
    case "regained-shared":
      return 0;
    case "held":
    case "held-shared":
    case "held twice":
      return 1;
    case "dropped":
      return -1;
    default:
      return undefined;
  }
}
