import { type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import type { CallText, Unit, UnitFunction } from "../model/c/source/index.ts";
import { isPointer, type LockWords } from "./lock-word.ts";
import { isVariable } from "./variable.ts";

/** A call that a pointer leads to. */
export interface PointerCall {
  /** The function that it stands in. */
  readonly within: UnitFunction;
  readonly call: CallText;
}

interface Known {
  readonly words: LockWords;
  readonly known: Knowledge;
  /** The functions of the source by their names. */
  readonly own: ReadonlyMap<string, readonly UnitFunction[]>;
  /** Variables and members that the source declares as pointers to functions. */
  readonly pointers: ReadonlySet<string>;
}

const POINTER = /\(\s*\*+\s*(?:const\s+)?(\w+)\s*(?:\[[^\]]*\]\s*)?\)\s*\(/g;

/** The names that a source declares as pointers to functions. */
export const pointerNames = ({ text }: Pick<Unit, "text">): ReadonlySet<string> =>
  new Set([...text.matchAll(POINTER)].flatMap(({ 1: name }) => name ?? []));

/** Helpers that are looked into from one function: more only make the list of assumptions longer. */
const MAX_HELPERS = 100;

/**
 * Calls through pointers while a lock may be held: behind the function's first lock, anywhere where it comes with one or
 * goes round a loop, and in the helpers that it calls there. Those that are named like a lock are not among them.
 */
export function pointerCalls(each: UnitFunction, unit: Unit, known: Known): readonly PointerCall[] {
  const calls = underLock(each, unit, known);
  const found: PointerCall[] = [];
  const helpers = [...new Set(calls.filter(isPlain).map(({ name }) => name))];
  const add = (within: UnitFunction, all: readonly CallText[]) => {
    const pointers = all.filter((call) => leadsElsewhere(call, within, unit, known));
    found.push(...pointers.map((call) => ({ within, call })));
  };
  add(each, calls);
  const seen = new Set<string>();
  for (const name of helpers) {
    if (seen.has(name) || seen.size >= MAX_HELPERS) continue;
    seen.add(name);
    for (const helper of (known.own.get(name) ?? []).filter((one) => one !== each)) {
      const all = known.words.callsOf(helper);
      add(helper, all);
      helpers.push(...all.filter(isPlain).map((call) => call.name));
    }
  }
  return found;
}

const isPlain = ({ callee, name }: CallText): boolean => callee === name;

/** What goes round may come back with a lock; a label is as good as a loop. */
const ROUND = /\b(?:for|while|do)\b|_each_|[;{}]\s*\w+\s*:(?!:)/;

function underLock(each: UnitFunction, { text }: Unit, { words, known }: Known): readonly CallText[] {
  const calls = words.callsOf(each);
  const first = calls.findIndex((call) => !isPointer(call, each) && takesLocks(known, call.name));
  const isHeldBefore = each.annotated || calls.some(({ name }) => assumesLock(known, name));
  if (isHeldBefore) return calls;
  const [at, name] = [calls[first]?.at, calls[first]?.name];
  if (at === undefined || name === undefined) return [];
  const isWhole = words.effectOf(name) === "releases" || ROUND.test(text.slice(each.bodyStart, at));
  return isWhole ? calls : calls.slice(first);
}

const assumesLock = (known: Knowledge, name: string): boolean =>
  known
    .find(name, [])
    ?.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "assume")) ?? false;

const THROUGH_POINTER = /(?:->|\.)\s*\w+\s*\(|\)\s*\(/;

/** By an expression, a variable, or a macro that stands for one. */
function leadsElsewhere(call: CallText, within: UnitFunction, unit: Unit, asked: Known): boolean {
  const { words, known, own, pointers } = asked;
  if (words.wordOf(call, within) !== undefined) return false;
  if (isPointer(call, within)) return true;
  const { name } = call;
  if (known.matters(name) || own.has(name)) return false;
  if (unit.macros.names.has(name))
    return unit.macros.definitionsOf(name).some(({ body = "" }) => THROUGH_POINTER.test(body));
  return pointers.has(name) || calledVariables(within, unit).has(name);
}

const asked = new WeakMap<UnitFunction, ReadonlySet<string>>();

/** The names that a function calls and declares as variables, looked for once however often it calls them. */
function calledVariables(within: UnitFunction, { text }: Unit): ReadonlySet<string> {
  const known = asked.get(within);
  if (known) return known;
  const whole = text.slice(within.start, within.bodyEnd);
  // A name that is a variable stands somewhere without being called.
  const bare = new Set(whole.match(/\b[A-Za-z_]\w*\b(?!\s*\()/g));
  const found = new Set([...within.calls].filter((name) => bare.has(name) && isVariable(name, whole)));
  asked.set(within, found);
  return found;
}
