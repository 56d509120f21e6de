import type { Invariant, Program, Transition } from "./model.ts";

/** Where in a model something is wrong, as its author finds it. */
export function transitionSite(program: Program, { label, from, to, source }: Transition): string {
  const line = source ? ` (${source.file}:${source.line})` : "";
  return `program '${program.name}', '${label}' from '${from}' to '${to}'${line}`;
}

export const invariantSite = ({ property }: Invariant): string => `property '${property}'`;
