import { sleepersOf } from "../../functions/sleepers.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";
import { placeOf } from "../judge/place.ts";

/**
 * Functions in which, as far as hunks alone show, a call may sleep since the change: their callers, which may be in
 * atomic context, are not seen. One that the patch brings along is called by what it brings along.
 */
export function unseenSleepers(pair: ImagePair): readonly string[] {
  const { before, after } = pair;
  if (!before || !after?.partial) return [];
  const [was, is] = [before, after].map(({ text }) => sleepersOf(readUnit(text), tableKnowledge));
  const known = new Set(readUnit(before.text).functions.map(({ name }) => name));
  return changedFunctions(pair).flatMap((name) => {
    const [call] = is?.get(name) ?? [];
    if (!call || was?.has(name) || !known.has(name)) return [];
    const place = placeOf(after, call.line);
    return [
      `${place}: ${name}() may sleep now, in ${call.callee}(), and its callers were not seen (--tree DIR shows them)`,
    ];
  });
}
