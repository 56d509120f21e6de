import {
  errorAt,
  type Key,
  RETURNED,
  type ReturnedClass,
  returnedClass,
  type Translation,
} from "../model/c/index.ts";
import { type Status, statusAt } from "../model/c/status/index.ts";
import type { End } from "./explore.ts";

/** How a function can end: what it returns, and what it has done to each lock by then. */
export interface Exit {
  readonly returns: ReturnedClass;
  /** By key. */
  readonly statuses: readonly Status[];
  /** The location of the return. */
  readonly site: number;
  /** The names of the errors that are returned so. */
  readonly errors: ReadonlySet<string>;
  readonly end: End;
}

/** The different ways to end, of each return by itself, each with the first end that shows it. */
export function exitsOf({ plan }: Translation, ends: readonly End[]): readonly Exit[] {
  const exits = new Map<string, Exit>();
  const named = new Map<string, Set<string>>();
  for (const end of ends) {
    const returns = returnedClass(end.value(RETURNED.name));
    const statuses = plan.calls.keys.map((key) => statusOnExit(key, end));
    const error = returns === "error" ? errorAt(plan, end.value) : undefined;
    const left = `${returns} ${statuses.join()}`;
    const isNamedAlike = error !== undefined && named.has(left);
    const errors = (error === undefined ? undefined : named.get(left)) ?? new Set<string>();
    if (error !== undefined) named.set(left, errors.add(error));
    // Returns that differ in the name of their error alone are one way out.
    const look = `${end.from} ${left}`;
    if (!isNamedAlike && !exits.has(look))
      exits.set(look, { returns, statuses, site: end.from, errors, end });
  }
  return [...exits.values()];
}

/** What was copied is known by the copy. */
function statusOnExit(key: Key, { value }: End): Status {
  const status = statusAt(key, value);
  return status === "copied" || status === "left to copy" ? "unknown" : status;
}

/** A loop has taken it, and others by its name. */
export const isByLoop = (status: Status | undefined): boolean =>
  status === "some held" || status === "all held";

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
    case "held-shared twice":
    case "some held":
    case "all held":
      return 1;
    case "dropped":
      return -1;
    default:
      return undefined;
  }
}
