import type { Callback } from "../../functions/callback-problem.ts";
import { type CallbackSite, callbackSites } from "../../functions/callback-sites.ts";
import { problemAt } from "../../functions/callbacks.ts";
import { calleeFirst } from "../../functions/order.ts";
import { sleepersOf } from "../../functions/sleepers.ts";
import { callsOf } from "../../model/c/index.ts";
import { isUnclear, tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { type CallText, readUnit, type Unit, type UnitFunction } from "../../model/c/source/index.ts";
import { NotModelled } from "../../model/not-modelled.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { isNeutral } from "../callers/effect-change.ts";
import { type Locals, localsOf, normalise } from "../compare/locals.ts";
import type { Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";
import { differing } from "../paths/effects.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { heldWhere } from "./held-where.ts";

/**
 * Calls that since a change may come to a function of the file which does something to locks, or sleeps where they are
 * made, by a pointer that they are handed or go through: what it does there is not judged.
 */
export async function changedCallbacks(
  { pair, reports }: Pick<PairJudgement, "pair" | "reports">,
  judge: Judge,
): Promise<readonly string[]> {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const is = sitesOf(after);
  if (is.length === 0) return [];
  const was = sitesOf(before);
  const changed = new Set(changedFunctions(pair));
  const { callersOf } = callGraph(after.text, after.file);
  const affected = new Set([...changed, ...callersOf(changed)]);
  const otherwise = differing(reports.before.effects ?? new Map(), reports.after.effects ?? new Map());
  const holding = new Set([...changed, ...callersOf(otherwise)]);
  const known = new Set(was.map(({ look }) => look));
  const asked = is.filter(
    ({ each, callback, look }) => holding.has(each.name) || affected.has(callback) || !known.has(look),
  );
  const found = await problemsAt(asked, after, judge);
  if (found.length === 0) return [];
  const looks = new Set(found.map(({ look }) => look));
  const old = await problemsAt(
    was.filter(({ look }) => looks.has(look)),
    before,
    judge,
  );
  const isOld = ({ look, what }: Problem) => old.some((each) => each.look === look && each.what === what);
  return found.filter((each) => !isOld(each)).map(({ bound }) => bound);
}

interface PlacedSite extends CallbackSite {
  readonly each: UnitFunction;
  readonly locals: Locals;
  /** Whatever the function's variables are called. */
  readonly look: string;
  readonly line: number;
}

/** In functions that may hold a lock. */
function sitesOf({ text }: Image): readonly PlacedSite[] {
  const unit = readUnit(text);
  const doing = doingIn(unit);
  const sitesIn = callbackSites(unit, {
    matters: (name) => tableKnowledge.matters(name),
    doesSomething: (name) => doing.has(name),
    callsOf: (each) => allCallsOf(each, unit),
  });
  return unit.functions.flatMap((each) => {
    if (!mayHold(each, unit, doing)) return [];
    const sites = sitesIn(each);
    if (sites.length === 0) return [];
    const locals = localsOf(unit.text.slice(each.start, each.bodyEnd));
    return sites.map((site) => ({
      ...site,
      each,
      locals,
      look: `${each.name} ${normalise(site.call.callee, locals)} ${site.how} ${site.callback}`,
      line: unit.lines.lineAt(site.call.from),
    }));
  });
}

/** Functions that may do something to locks, or sleep, by what they call. */
const doingIn = (unit: Unit): ReadonlySet<string> =>
  new Set([
    ...calleeFirst(unit, (name) => takesLocks(tableKnowledge, name)).functions.map(({ name }) => name),
    ...sleepersOf(unit, tableKnowledge).keys(),
  ]);

const mayHold = (
  { calls, annotations }: UnitFunction,
  { macros }: Unit,
  doing: ReadonlySet<string>,
): boolean =>
  annotations.length > 0 ||
  [...calls].some((name) => doing.has(name) || macros.names.has(name) || takesLocks(tableKnowledge, name));

function allCallsOf(each: UnitFunction, unit: Unit): readonly CallText[] {
  try {
    return callsOf(each, unit, tableKnowledge);
  } catch (error) {
    if (error instanceof NotModelled) return each.ownCalls;
    throw error;
  }
}

interface Problem {
  readonly look: string;
  /** Whatever the function's variables are called. */
  readonly what: string;
  readonly bound: string;
}

async function problemsAt(
  sites: readonly PlacedSite[],
  image: Image,
  judge: Judge,
): Promise<readonly Problem[]> {
  if (sites.length === 0) return [];
  const held = await heldWhere(
    image,
    new Set(sites.flatMap(({ each, callback }) => [each.name, callback])),
    judge,
  );
  const sleepers = sleepersOf(readUnit(image.text), tableKnowledge);
  const problems: Problem[] = [];
  for (const site of sites) {
    const { each, callback, line, look, call, how } = site;
    const effect = held.effects?.get(callback);
    const what = problemOf(site, { effect, sleeps: sleepers.has(callback) }, await held.at(each.name, line));
    if (what === undefined) continue;
    const bound = `${placeOf(image, line)}: ${each.name}(): ${call.callee}() ${how} ${callback}(), which ${what}: whether it is called there is not judged`;
    problems.push({ look, what: normalise(what, site.locals), bound });
  }
  return problems;
}

const problemOf = (site: CallbackSite, callback: Callback, held: ReadonlySet<string>): string | undefined =>
  isUnclear(callback.effect) || isNeutral(callback.effect)
    ? problemAt(site, callback, held)
    : "takes or releases a lock of its caller's";
