import type { State } from "../../checker/interpret/interpret.ts";

/** A number of 52 bits for a state: enough to count distinct ones, not to tell them apart for certain. */
export function stateHash(state: State): number {
  const text = JSON.stringify(state);
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}
