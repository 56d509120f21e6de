import type { CheckResult } from "../../functions/check.ts";
import type { Finding } from "../../functions/finding.ts";
import { NOTHING } from "../../functions/result.ts";
import { rangesNamed } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { type IdentifiedFinding, identify } from "../compare/identity.ts";
import { type Locals, localsOf } from "../compare/locals.ts";
import { secondPaths } from "../compare/second-paths.ts";
import { type WaysChanged, waysChanged } from "../paths/ways.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { leftGuards } from "../unmodelled/guard-scope.ts";
import { droppedLocks } from "./dropped-locks.ts";
import type { Judge, KnownEffects } from "./judge.ts";
import { placeFinding, placeOf } from "./place.ts";

export interface PairJudgement {
  readonly pair: ImagePair;
  /** The functions that were asked about. */
  readonly names: readonly string[];
  readonly before: readonly IdentifiedFinding[];
  readonly after: readonly IdentifiedFinding[];
  readonly reports: { readonly before: CheckResult; readonly after: CheckResult };
  readonly alone: WaysChanged["alone"];
  /** What could not be compared, a line each. */
  readonly unknown: readonly string[];
  /** What is said of the functions as the change leaves them. */
  readonly judged: CheckResult;
}

/** Judges functions of one file before and after a change. */
export async function judgePair(
  pair: ImagePair,
  names: readonly string[],
  judge: Judge,
  known?: KnownEffects,
): Promise<PairJudgement> {
  const before = pair.before ? await judge(pair.before, names, known?.before) : NOTHING;
  const after = pair.after ? await judge(pair.after, names, known?.after) : NOTHING;
  const locals = { before: localsIn(pair.before), after: localsIn(pair.after) };
  const changes = await waysChanged({ pair, names, reports: { before, after }, locals, judge, known });
  const was = identified([...before.findings, ...changes.found.before], pair.before, locals.before);
  const dropped = droppedLocks(pair, names, after);
  const is = identified([...after.findings, ...changes.found.after, ...dropped], pair.after, locals.after);
  const scopes = await leftGuards({ pair, names, reports: { before, after }, locals });
  const second = secondPaths({ found: was, locals: locals.before }, { found: is, locals: locals.after });
  return {
    pair,
    names,
    before: was,
    after: [...is, ...second.found],
    reports: { before, after },
    alone: changes.alone,
    unknown: [...changes.unknown, ...second.bounds, ...scopes],
    judged: counted(placed(pair.after ? after : before, pair.after ?? pair.before), before),
  };
}

/** A function that takes no lock any more is one that the change touches, too. */
function counted(judged: CheckResult, before: CheckResult): CheckResult {
  const { modelled, skipped, capped } = judged.functions;
  const left = skipped.length + capped.length;
  const all = Math.max(modelled, before.functions.modelled - left);
  return { ...judged, functions: { ...judged.functions, seen: all + left, modelled: all } };
}

/** Bounds name lines of an image's text: they are turned into lines of the file. */
function placed(report: CheckResult, image: Image | undefined): CheckResult {
  if (!image) return report;
  const bounds = report.bounds.map((bound) => {
    const [start, line, rest] = /^.*?:(\d+)(:.*)$/.exec(bound)?.map(String) ?? [];
    return start === undefined ? bound : `${placeOf(image, Number(line))}${rest}`;
  });
  return { ...report, bounds };
}

function identified(
  findings: readonly Finding[],
  image: Image | undefined,
  locals: (name: string) => Locals,
): readonly IdentifiedFinding[] {
  if (!image) return [];
  return findings.map((finding) => identify(placeFinding(finding, image), locals(finding.function)));
}

function localsIn(image: Image | undefined): (name: string) => Locals {
  const known = new Map<string, Locals>();
  const textsNamed = (name: string) => rangesNamed(image?.text ?? "", name).map(({ text }) => text);
  return (name) => {
    const locals = known.get(name) ?? localsOf(textsNamed(name).join("\n"));
    known.set(name, locals);
    return locals;
  };
}
