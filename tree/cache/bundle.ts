import { deserialize, serialize } from "node:v8";
import { changedIn } from "../dependencies.ts";
import type { Past } from "../present.ts";

/** Texts that were made together, by their names, with what they depend on. */
export interface Bundle extends Past {
  readonly names: readonly string[];
  readonly texts: readonly string[];
  /** Of each the number in the graph; -1 for one that depends on nothing. */
  readonly numbers: Int32Array;
}

export const bytesOfBundle = (bundle: Bundle): Buffer => serialize(bundle);
/** @param bytes what `bytesOfBundle` made. */
export const bundleFrom = (bytes: Uint8Array): Bundle => deserialize(bytes) as Bundle;

/** The texts of which all that they depend on is as it was. */
export function validTexts(
  { names, texts, numbers, graph }: Bundle,
  isChanged: (at: number) => boolean,
): ReadonlyMap<string, string> {
  const changed = changedIn(graph, isChanged);
  const isValid = (at: number) => changed[numbers[at] ?? -1] !== 1;
  return new Map(names.flatMap((name, at) => (isValid(at) ? [[name, texts[at] ?? ""] as const] : [])));
}
