import type { Surroundings } from "../model/c/index.ts";
import type { CallEffect, Sleepers } from "../model/c/knowledge/index.ts";
import { type CallText, splitTop, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";
import { atomicIn, callbackProblem, isPutOff } from "./callback-problem.ts";
import { callersIn } from "./functions-by-name.ts";
import { heldLinesOf } from "./held-lines.ts";
import type { KeptFunctions } from "./kept-functions.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";
import { isVariable } from "./variable.ts";

interface Known {
  readonly surroundings: Surroundings;
  /** What the functions of the source do to locks, by name. */
  readonly effects: ReadonlyMap<string, CallEffect | undefined>;
  readonly sleepers: Sleepers;
  /** The calls of a function, those of its macros among them. */
  readonly callsOf: (each: UnitFunction) => readonly CallText[];
  readonly kept: Pick<KeptFunctions, "inMember">;
  /** Functions that the source declares and does not define. */
  readonly elsewhere: ReadonlySet<string>;
  /** Whether a name that a call is given is that of a function which the source does not even declare. */
  readonly isUnseen: (name: string, callee: string) => boolean;
}

const PROTOTYPE = /^[a-z][\w \t*]*[ \t*](\w+)\s*\(([^;{}]*)\)\s*;/gm;

/** The functions that a text declares. */
export const declaredIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(PROTOTYPE)].flatMap(({ 1: name }) => name ?? []));

const SET = /(?:->|\.)\s*(\w+)\s*=\s*&?\s*([A-Za-z_]\w*)\s*;/g;

/** The functions that members get as the code runs, by member. */
export function setMembers(
  text: string,
  isFunction: (name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [, member = "", name = ""] of text.matchAll(SET))
    if (isFunction(name)) add(members, member, name);
  return members;
}

/**
 * Calls under a lock of what comes to a function of the source that sleeps, or takes a lock like that: they are handed
 * it, or an object that it was put into; or they go through a member that the source gives it to.
 */
export async function callbacksUnderLock(
  each: UnitFunction,
  known: Known,
): Promise<readonly UnknownLockCall[]> {
  const { surroundings, effects, sleepers } = known;
  const sites = sitesIn(each, known);
  if (sites.length === 0) return [];
  const held = await heldLinesOf(each, surroundings);
  return sites.flatMap(({ call, callback, how, isElsewhere }) => {
    const line = surroundings.unit.lines.lineAt(call.from);
    const under = held.lines.find((one) => one.line === line)?.held ?? new Set<string>();
    const atomic = isElsewhere ? atomicIn(under) : undefined;
    const what =
      atomic === undefined
        ? callbackProblem({ effect: effects.get(callback), sleeps: sleepers.has(callback) }, under)
        : `may do anything under ${atomic}`;
    if (what === undefined) return [];
    return [
      {
        ...{ function: each.name, callee: call.callee, arguments: call.arguments, line },
        at: call.at,
        callback: `${how} ${callback}(), which ${what}`,
      },
    ];
  });
}

interface Site {
  readonly call: CallText;
  readonly callback: string;
  /** `is handed`, say. */
  readonly how: string;
  /** It is a function of another file. */
  readonly isElsewhere: boolean;
}

/** A function as a value: an argument, or what something gets. */
const VALUE = /[(,=?:{]\s*(?:\([\w\s*]*\)\s*)?&?\s*([A-Za-z_]\w*)(?=\s*[,;):}])/g;

const CAST = /^\s*\([\w\s*]*\)|^\s*&/;

function sitesIn(each: UnitFunction, known: Known): readonly Site[] {
  const { surroundings, effects, sleepers, callsOf, kept, elsewhere, isUnseen } = known;
  const body = surroundings.unit.text.slice(each.bodyStart, each.bodyEnd);
  const doesSomething = (name: string) => sleepers.has(name) || effects.get(name) !== undefined;
  const isFree = (name: string) => !each.parameters.includes(name) && !isVariable(name, body);
  const isFar = (name: string) => elsewhere.has(name) || isUnseen(name, "");
  const values = new Set([...body.matchAll(VALUE)].flatMap(([, name = ""]) => name));
  const named = [...values].filter((name) => (doesSomething(name) || isFar(name)) && isFree(name));
  const objects = named.map((name) => ({ name, given: givenIn(body, name) }));
  return callsOf(each).flatMap((call): readonly Site[] => {
    if (isPutOff(call.name)) return [];
    const handed = objects.flatMap(({ name, given }) => (given.test(call.arguments) ? [name] : []));
    const args = splitTop(call.arguments).map((arg) => arg.replace(CAST, "").trim());
    const unseen = args.filter((arg) => isUnseen(arg, call.name) && isFree(arg));
    const led = /->|\.|\[/.test(call.callee)
      ? kept.inMember(call.name).filter((name) => name !== each.name && doesSomething(name))
      : givenFor(call.name, each, surroundings.unit).filter(doesSomething);
    const given = new Set([...handed, ...unseen]);
    return [
      ...[...given].map((name) => ({
        call,
        callback: name,
        how: "is handed",
        isElsewhere: !doesSomething(name),
      })),
      ...[...new Set(led)].map((name) => ({ call, callback: name, how: "may lead to", isElsewhere: false })),
    ];
  });
}

/** What calls of a function give for a parameter that it calls. */
function givenFor(parameter: string, { name, parameters }: UnitFunction, unit: Unit): readonly string[] {
  const position = parameters.indexOf(parameter);
  if (position < 0) return [];
  const given = (callersIn(unit).get(name) ?? []).flatMap((caller) =>
    caller.ownCalls
      .filter((call) => call.name === name)
      .map((call) => (splitTop(call.arguments)[position] ?? "").replace(/^&/, "")),
  );
  return [...new Set(given)];
}

/** What an argument looks like that is the function, or an object of which a member is. */
function givenIn(body: string, name: string): RegExp {
  const set = [
    ...body.matchAll(new RegExp(`([A-Za-z_][\\w.>-]*?)(?:->|\\.)\\w+\\s*=\\s*&?${name}\\s*;`, "g")),
  ];
  const filled = [...body.matchAll(/\b(\w+)\s*(?:\[[^\]]*\]\s*)?=\s*\{([^;]*)\}\s*;/g)].filter(
    ([, , list = ""]) => new RegExp(`\\b${name}\\b`).test(list),
  );
  const objects = [...set, ...filled].flatMap(([, object = ""]) => (object === "" ? [] : [escaped(object)]));
  return new RegExp(
    `(?:^|[,=({])\\s*(?:\\([\\w\\s*]*\\)\\s*)?&?(?:${[name, ...objects].join("|")})\\s*(?:[,)}]|$)`,
  );
}

const escaped = (text: string): string => text.replace(/[.]/g, "\\.");
