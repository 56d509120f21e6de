import { contextExamples } from "./contexts.ts";
import { lockExamples } from "./locks.ts";
import { pageTableExamples } from "./page-tables.ts";

/** Code that breaks a rule, and what mends it, as a diff of whole functions. */
export interface RuleExample {
  readonly diff: string;
  readonly bad: string;
  readonly good: string;
}

/** The example of a rule; undefined where there is none of that id. */
export function exampleOf(rule: string): RuleExample | undefined {
  const known = { ...lockExamples, ...contextExamples, ...pageTableExamples };
  const diff = Object.hasOwn(known, rule) ? known[rule]?.slice(1) : undefined;
  return diff === undefined ? undefined : { diff, bad: sideOf(diff, "+"), good: sideOf(diff, "-") };
}

/** Without the lines of the other side. */
const sideOf = (diff: string, other: "+" | "-"): string =>
  diff
    .split("\n")
    .filter((line) => !line.startsWith(other))
    .map((line) => line.slice(1))
    .join("\n");
