import type { CheckResult } from "../../functions/check.ts";
import type { ExitState } from "../../functions/exit-finding.ts";
import type { Finding } from "../../functions/finding.ts";
import type { CallEffect } from "../../model/c/knowledge/index.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { keyOf, remembered, type Store } from "../../tree/cache/store.ts";
import type { Effects, Judge } from "./judge.ts";

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

/** A report as JSON can hold it: maps as lists, and each way out with its finding made. */
interface Stored extends Omit<CheckResult, "effects" | "exits"> {
  readonly effects?: readonly (readonly [string, CallEffect | null])[];
  readonly exits?: readonly (readonly [string, readonly StoredExit[]])[];
}

type StoredExit = Omit<ExitState, "finding"> & { readonly finding: Finding };

export function writeReport({ effects, exits, ...report }: CheckResult): string {
  const stored: Stored = {
    ...report,
    ...(effects && { effects: [...effects].map(([name, effect]) => [name, effect ?? null] as const) }),
    ...(exits && { exits: [...exits].map(([name, states]) => [name, states.map(storeExit)] as const) }),
  };
  return JSON.stringify(stored);
}

const storeExit = (exit: ExitState): StoredExit => ({ ...exit, finding: exit.finding() });

/** Reads what `writeReport` wrote; its text must be whole, as a store gives it. */
export function readReport(text: string): CheckResult {
  const { effects, exits, ...report }: Stored = JSON.parse(text);
  return {
    ...report,
    ...(effects && { effects: new Map(effects.map(([name, effect]) => [name, effect ?? undefined])) }),
    ...(exits && { exits: new Map(exits.map(([name, states]) => [name, states.map(loadExit)])) }),
  };
}

const loadExit = ({ finding, ...exit }: StoredExit): ExitState => ({ ...exit, finding: () => finding });
