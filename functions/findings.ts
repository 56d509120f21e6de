import type { Finding } from "./finding.ts";

export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => one.line - other.line);
}

/** The readings of one function repeat what their common text says. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((each) => [`${each.line} ${each.id}`, each])).values()];
}
