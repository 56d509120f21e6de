import { type Callback, callbackProblem, isPutOff } from "../../functions/callback-problem.ts";
import { sleepersOf } from "../../functions/sleepers.ts";
import { isUnclear, tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callsIn, readUnit, splitTop, type UnitFunction } from "../../model/c/source/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";
import { isNeutral } from "../callers/effect-change.ts";
import type { Judge } from "../judge/judge.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { heldWhere } from "./held-where.ts";

/**
 * Calls that since a change are handed a function of the file which does something to locks, or that sleeps where they
 * are made: what they do with it is not judged.
 */
export async function handedCallbacks(
  pair: Pick<ImagePair, "before" | "after" | "file">,
  judge: Judge,
): Promise<readonly string[]> {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const changed = new Set(changedFunctions(pair));
  const is = await handedIn(after, changed, judge);
  if (is.length === 0) return [];
  const was = new Set((await handedIn(before, changed, judge)).map(({ look }) => look));
  return is.filter(({ look }) => !was.has(look)).map(({ bound }) => bound);
}

interface HandedCallback {
  readonly look: string;
  readonly bound: string;
}

async function handedIn(
  image: Image,
  changed: ReadonlySet<string>,
  judge: Judge,
): Promise<readonly HandedCallback[]> {
  const sites = sitesIn(image, changed);
  if (sites.length === 0) return [];
  const asked = new Set(sites.flatMap(({ each, callback }) => [each.name, callback]));
  const held = await heldWhere(image, asked, judge);
  const sleepers = sleepersOf(readUnit(image.text), tableKnowledge);
  const found: HandedCallback[] = [];
  for (const { each, callee, callback, line } of sites) {
    const own = { effect: held.effects?.get(callback), sleeps: sleepers.has(callback) };
    const what = problemOf(own, await held.at(each.name, line));
    if (what === undefined) continue;
    const place = placeOf(image, line);
    const bound = `${place}: ${each.name}(): ${callee}() is handed ${callback}(), which ${what}: what it does with it is not judged`;
    found.push({ look: `${each.name} ${callee} ${callback} ${what}`, bound });
  }
  return found;
}

interface Site {
  readonly each: UnitFunction;
  readonly callee: string;
  readonly callback: string;
  readonly line: number;
}

const ARGUMENT = /[(,]\s*&?\s*([A-Za-z_]\w*)\s*(?=[,)])/g;

/** Calls that are handed a function of the file, by a function that changed or where that did. */
function sitesIn({ text, file }: Image, changed: ReadonlySet<string>): readonly Site[] {
  const unit = readUnit(text);
  const own = new Set(unit.functions.map(({ name }) => name));
  const affected = new Set([...changed, ...callGraph(text, file).callersOf(changed)]);
  return unit.functions.flatMap((each) => {
    const body = unit.text.slice(each.bodyStart, each.bodyEnd);
    const isMeant = (name: string) => own.has(name) && (changed.has(each.name) || affected.has(name));
    const named = new Set(
      [...body.matchAll(ARGUMENT)].flatMap(([, name = ""]) => (isMeant(name) ? name : [])),
    );
    for (const name of each.parameters) named.delete(name);
    if (named.size === 0) return [];
    return callsIn(body).flatMap(({ name: callee, arguments: args, from }) => {
      if (isPutOff(callee) || tableKnowledge.matters(callee)) return [];
      const given = splitTop(args).map((arg) => arg.replace(/^&/, ""));
      const line = unit.lines.lineAt(each.bodyStart + from);
      return given.flatMap((callback) => (named.has(callback) ? [{ each, callee, callback, line }] : []));
    });
  });
}

/** What a function that is handed on does, where that matters under what is held. */
const problemOf = (callback: Callback, held: ReadonlySet<string>): string | undefined =>
  isUnclear(callback.effect) || isNeutral(callback.effect)
    ? callbackProblem(callback, held)
    : "takes or releases a lock of its caller's";
