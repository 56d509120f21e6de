import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type { SearchResult } from "../../checker/result.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { assertValid } from "../../model/ir/validate.ts";
import { type Choose, type Draw, guided } from "./choose.ts";
import { judgeFor } from "./judge.ts";
import { Tally } from "./tally.ts";
import { walk } from "./walk.ts";

export interface RandomOptions {
  /** Decides every walk: the same seed walks the same ways. A new one where absent. */
  readonly seed?: number;
  /** Of one run among those of the seed, as the result names it: only this one is walked again. */
  readonly path?: string;
  /** Runs at most; what one run has learnt of the model is not known to the next. */
  readonly runs?: number;
  readonly walksPerRun?: number;
  readonly maxSteps?: number;
  readonly only?: readonly string[];
  readonly choose?: Choose;
  /** Polled before each walk: true ends it all with what it has. */
  readonly interrupted?: () => boolean;
}

/** As a search's; but what was not found may well be there, so that no property ever `holds`. */
export interface RandomResult extends SearchResult {
  readonly seed: number;
  /** Which run found a violation; absent where none did. */
  readonly path?: string;
}

const DEFAULTS = { runs: 10, walksPerRun: 20, maxSteps: 400 };

/**
 * Walks a model at random through fast-check's runner, until a walk violates a property. Between walks
 * signals and timers have their turn.
 * @throws InputError where `path` is none, or the model is wrong.
 */
export async function exploreRandomly(model: Model, options: RandomOptions = {}): Promise<RandomResult> {
  const { runs, walksPerRun, maxSteps } = { ...DEFAULTS, ...options };
  const { only, choose = guided, interrupted = () => false } = options;
  assertValid(model);
  const judge = judgeFor(model, only);
  const tally = new Tally(model);
  let stopped = false;
  const details = await runThrough(options, runs, async (draw) => {
    const notes = tally.freshNotes();
    for (let walks = 0; walks < walksPerRun && !tally.foundSomething; walks++) {
      await setImmediate();
      stopped ||= interrupted();
      if (stopped) break;
      tally.walked(walk({ model, judge, choose, draw, maxSteps }, notes));
    }
    return !tally.foundSomething;
  });
  if (details.failed && !tally.foundSomething) throw details.errorInstance;
  const { seed, counterexamplePath } = details;
  const path = counterexamplePath === null ? {} : { path: counterexamplePath };
  return { ...tally.result(only, maxSteps, stopped), seed, ...path };
}

const FRACTIONS = 2 ** 30;

/** Without the runner's usual liking for small numbers, which would bend the walks. */
const fraction = () => fc.noBias(fc.nat(FRACTIONS - 1)).map((value) => value / FRACTIONS);

function runThrough({ seed, path }: RandomOptions, numRuns: number, holds: (draw: Draw) => Promise<boolean>) {
  const property = fc.asyncProperty(fc.gen(), (generate) =>
    // The runner keeps an arbitrary per range: one range for all draws is much faster.
    holds((limit) => (limit < 2 ? 0 : Math.floor(generate(fraction) * limit))),
  );
  return fc.check(property, {
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path: checked(path) }),
    numRuns,
    endOnFailure: true,
  });
}

function checked(path: string): string {
  if (/^\d+(:\d+)*$/.test(path)) return path;
  throw new InputError(`'${path}' is not a path of a run: it is a number, as --random prints it`);
}
