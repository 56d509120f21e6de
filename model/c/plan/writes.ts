import type { Action } from "../flow/graph.ts";

/** The places that an action changes; `p->` stands for whatever is reached through p. */
export function writesOf(action: Action): readonly string[] {
  if (action.kind === "assign") return [action.target];
  return action.kind === "forget" ? action.variables : [];
}

/** Whether writing one place changes another: itself, or a path that goes through it. */
export function overwrites(written: string, place: string): boolean {
  if (written.endsWith("->")) return place.startsWith(written);
  return (
    place === written ||
    place.startsWith(`${written}->`) ||
    place.startsWith(`${written}.`) ||
    place === `${written} & 1` ||
    place === `*${written}`
  );
}

/** Whether a condition's text reads the place or goes through it. */
export function mentions(text: string, place: string): boolean {
  const at = text.indexOf(place);
  if (at < 0) return false;
  const [before, after] = [text[at - 1] ?? " ", text[at + place.length] ?? " "];
  const whole = !/[\w.>]/.test(before) && (place.endsWith("->") || !/\w/.test(after));
  return whole || mentions(text.slice(at + 1), place);
}
