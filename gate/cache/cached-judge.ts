import type { Effects, Judge } from "../judge/judge.ts";
import { programDigest } from "./program.ts";
import { readReport, writeReport } from "./report-text.ts";
import { keyOf, type Store } from "./store.ts";

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
    const remembered = store.read(key);
    if (remembered !== undefined) return readReport(remembered);
    const report = await judge(image, functions, known);
    store.write(key, writeReport(report));
    return report;
  };
  const remember: Judge["remember"] = async (about, make) => {
    const key = keyOf("remembered", program, configuration, ...about);
    const remembered = store.read(key);
    if (remembered !== undefined) return JSON.parse(remembered);
    const made = await make();
    store.write(key, JSON.stringify(made));
    return made;
  };
  return Object.assign(cached, { remember }, judge.probe && { probe: judge.probe });
}

const knownText = (known: Effects | undefined) =>
  known && [...known].map(([name, effect]) => [name, effect ?? null]);
