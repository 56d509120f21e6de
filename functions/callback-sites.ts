import { type CallText, splitTop, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";
import { isPutOff } from "./callback-problem.ts";
import { callersIn, functionsByName } from "./functions-by-name.ts";
import { choicesIn, type KeptFunctions, keptFunctions } from "./kept-functions.ts";
import { unseenFunctions } from "./unseen-functions.ts";
import { isVariable } from "./variable.ts";

/** A call that may come to a function which it does not name as its callee. */
export interface CallbackSite {
  readonly call: CallText;
  readonly callback: string;
  /** `is handed`, say. */
  readonly how: string;
  /** It is a function of another file. */
  readonly isElsewhere: boolean;
}

interface Known {
  /** Whether something is known of a call. */
  readonly matters: (name: string) => boolean;
  /** Whether a function of the source may do something to locks, or sleep. */
  readonly doesSomething: (name: string) => boolean;
  /** The calls of a function, those of its macros among them. */
  readonly callsOf: (each: UnitFunction) => readonly CallText[];
}

/** Tells the sites in each function of a source where a function of `doesSomething`, or of another file, may be called back. */
export function callbackSites(unit: Unit, known: Known): (each: UnitFunction) => readonly CallbackSite[] {
  const own = functionsByName(unit);
  const isOwn = (name: string) => own.has(name);
  const inTables = keptFunctions(unit, isOwn);
  const set = setMembers(unit.text, isOwn);
  const isKnown = (name: string) => isOwn(name) || known.matters(name);
  const isUnseen = unseenFunctions(unit);
  const source: Source = {
    ...known,
    unit,
    inMember: (name) => [...inTables.inMember(name), ...(set.get(name) ?? [])],
    inVariable: (name, each) => (isKnown(name) ? [] : inTables.inVariable(name, each)),
    elsewhere: new Set([...declaredIn(unit.text)].filter((name) => !isKnown(name))),
    isUnseen: (name, callee) => !isKnown(name) && isUnseen(name, callee),
  };
  return (each) => sitesIn(each, source);
}

const PROTOTYPE = /^[a-z][\w \t*]*[ \t*](\w+)\s*\(([^;{}]*)\)\s*;/gm;

/** The functions that a text declares. */
const declaredIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(PROTOTYPE)].flatMap(({ 1: name }) => name ?? []));

const SET = /(?:->|\.)\s*(\w+)\s*=\s*&?\s*([A-Za-z_]\w*)\s*;/g;
const MEMBER = /(?:->|\.)\s*(\w+)\s*$/;
/** In characters: an object that is named at more length is not read. */
const LONGEST = 300;

/** The functions that members get as the code runs, by member. */
function setMembers(
  text: string,
  isFunction: (name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [, member = "", name = ""] of text.matchAll(SET))
    if (isFunction(name)) add(members, member, name);
  for (const { name, at } of choicesIn(text)) {
    const member = isFunction(name) ? MEMBER.exec(text.slice(Math.max(0, at - LONGEST), at))?.[1] : undefined;
    if (member !== undefined) add(members, member, name);
  }
  return members;
}

interface Source extends Known, KeptFunctions {
  readonly unit: Unit;
  /** Functions that the source declares and does not define. */
  readonly elsewhere: ReadonlySet<string>;
  /** Whether a name that a call is given is that of a function which the source does not even declare. */
  readonly isUnseen: (name: string, callee: string) => boolean;
}

/** A function as a value: an argument, or what something gets. */
const VALUE = /[(,=?:{]\s*(?:\([\w\s*]*\)\s*)?&?\s*([A-Za-z_]\w*)(?=\s*[,;):}])/g;

const CAST = /^\s*\([\w\s*]*\)|^\s*&/;

function sitesIn(each: UnitFunction, source: Source): readonly CallbackSite[] {
  const { unit, inMember, inVariable, doesSomething, callsOf, elsewhere, isUnseen } = source;
  const body = unit.text.slice(each.bodyStart, each.bodyEnd);
  const isFree = (name: string) => !each.parameters.includes(name) && !isVariable(name, body);
  const isFar = (name: string) => elsewhere.has(name) || isUnseen(name, "");
  const values = new Set([...body.matchAll(VALUE)].flatMap(([, name = ""]) => name));
  const named = [...values].filter((name) => (doesSomething(name) || isFar(name)) && isFree(name));
  const objects = named.map((name) => ({ name, given: givenIn(body, name) }));
  return callsOf(each).flatMap((call): readonly CallbackSite[] => {
    if (isPutOff(call.name)) return [];
    const handed = objects.flatMap(({ name, given }) => (given.test(call.arguments) ? [name] : []));
    const args = splitTop(call.arguments).map((arg) => arg.replace(CAST, "").trim());
    const unseen = args.filter((arg) => isUnseen(arg, call.name) && isFree(arg));
    const led = /->|\.|\[/.test(call.callee)
      ? inMember(call.name).filter((name) => name !== each.name && doesSomething(name))
      : [...givenFor(call.name, each, unit), ...inVariable(call.name, each)].filter(doesSomething);
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
