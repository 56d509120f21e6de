import type { Confidence } from "./rule.ts";

/** What a rule found in a function. */
export interface Finding {
  /** Stays the same while lines move: rule, function, lock and the normalised site. */
  readonly id: string;
  readonly rule: string;
  readonly confidence: Confidence;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly function: string;
  /** As the function names it; empty where the rule is about none. */
  readonly lock: string;
  readonly message: string;
  /** What tells it from others of its kind, where the last step of its path does not. */
  readonly site?: string;
  /** The shortest way there: lines with what was decided on them. */
  readonly path: readonly PathStep[];
  /** The classes of paths that lead there, where they were asked for and could be told. */
  readonly origins?: readonly Origin[];
}

/** Paths to a finding that come from the same last change of its lock by the same decisions. */
export interface Origin {
  /** The text of that change and of the decisions after it, without line numbers. */
  readonly look: string;
  /** The shortest of these paths. */
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly line: number;
  readonly text: string;
  readonly decision?: string;
}

/** Names a finding by what it is about, without line numbers. */
export function findingId(rule: string, name: string, lock: string, site: string): string {
  return [rule, name, lock, site.replace(/\s+/g, " ")].join(" | ");
}

export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => one.line - other.line);
}

/** The readings of one function repeat what their common text says. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((each) => [`${each.line} ${each.id}`, each])).values()];
}
