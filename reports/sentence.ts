import { UNNAMED } from "../gate/rebuild/segment.ts";
import type { GateFinding } from "../gate/result.ts";
import { oneLine } from "../model/printable.ts";

/** A function as it is called in a text; hunks do not always show the name. */
export const functionName = ({ function: name }: Pick<GateFinding, "function">): string =>
  name === UNNAMED ? "a function that the hunk does not name" : `${oneLine(name)}()`;

/** What a context is called anyway adds nothing to a message about it. */
const REDUNDANT = /: (lazy-mmu|pte)$/;

/** What is wrong, for the middle of a sentence: what the function does, or what happens in it. */
export function sentence(finding: GateFinding, isAtSite: boolean): string {
  const name = functionName(finding);
  const said = oneLine(finding.message)
    .replace(REDUNDANT, "")
    .replace(/^the function /, "");
  if (/^returns here /.test(said) && !isAtSite)
    return `${name} ${said.replace("returns here", "can return")}`;
  return /^(returns|can return) /.test(said) ? `${name} ${said}` : `in ${name}, ${said}`;
}
