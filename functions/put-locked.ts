import { type Key, keyText, type Translation } from "../model/c/index.ts";
import type { Exit } from "./exit.ts";
import { lastTaken } from "./leak-way.ts";
import { transitionsOf } from "./path.ts";

/**
 * Whether a function gives its reference to a folio up while it holds the folio's lock, and returns so: whoever is to
 * unlock the folio has nothing that leads to it (mm/filemap.c: folio_unlock wants the folio referenced). Not where it
 * took a reference itself: then another one stays.
 */
export function isPutLocked(translation: Translation, key: Key, { end }: Exit): boolean {
  if (key.object !== "folio-lock") return false;
  const passed = transitionsOf(translation, end.run());
  const nodes = passed.map(({ index }) => translation.nodes[index] ?? -1);
  const isPut = nodes.slice(lastTaken(passed, key) + 1).some((node) => isDone("put", key, translation, node));
  return isPut && !nodes.some((node) => isDone("get", key, translation, node));
}

/** A call at a node does that to the folio. */
function isDone(
  kind: "get" | "put",
  { text }: Key,
  { plan: { calls, flow } }: Translation,
  node: number,
): boolean {
  const { action } = flow.nodes[node] ?? {};
  const [given] = action?.kind === "call" ? action.args : [];
  if (given === undefined || keyText(given, calls.aliases) !== text) return false;
  const outcomes = calls.outcomes.get(node) ?? [];
  return outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === kind));
}
