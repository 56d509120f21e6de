import { programDigest } from "../../tree/cache/program.ts";
import { keyOf, remembered, type Store } from "../../tree/cache/store.ts";
import type { Effects, Judge } from "./judge.ts";
import { readReport, writeReport } from "./report-text.ts";

/**
 * A judge that remembers: by the program, how it was configured, the text, and what is known of other
 * files' functions. `configuration` names whatever else the judge depends on.
 */
export function cachedJudge(judge: Judge, store: Store, configuration = ""): Judge {
  const program = programDigest();
  const cached: Judge = async (image, functions, known) => {
    if (functions.length === 0) return judge(image, functions, known);
    const { file, text, partial } = image;
    const about = JSON.stringify([file, partial, functions, knownText(known)]);
    const key = keyOf("judgement", program, configuration, about, text);
    const make = () => judge(image, functions, known);
    return remembered(store, key, make, { read: readReport, write: writeReport });
  };
  const remember: Judge["remember"] = (about, make) =>
    remembered(store, keyOf("remembered", program, configuration, ...about), make);
  return Object.assign(cached, { remember }, judge.probe && { probe: judge.probe });
}

const knownText = (known: Effects | undefined) =>
  known && [...known].map(([name, effect]) => [name, effect ?? null]);
