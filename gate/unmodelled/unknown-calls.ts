import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callsIn, readUnit } from "../../model/c/source/index.ts";
import { isNoLock } from "../../model/kernel/table/no-lock.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { type Locals, localsOf, normalise } from "../compare/locals.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";

const LOCK_TYPE = /^(raw_)?spinlock_t\b|^struct (mutex|rw_semaphore)\b|^rwlock_t\b/;

/** A call that hands a lock on. */
interface Handed {
  readonly place: string;
  /** The callee and the lock: `helper(&box->lock)`. */
  readonly call: string;
  /** The same, however the function's variables are called. */
  readonly look: string;
}

/** Calls that hand a known lock, or a `spinlock_t **`, to a function of which nothing is known: new ones, and gone ones. */
export function unknownLockCalls({ before, after }: Pick<ImagePair, "before" | "after">): readonly string[] {
  const [gone = [], come = []] = [before, after].map((image) => (image ? changedCalls(image) : []));
  return [
    ...without(come, gone).map(
      ({ place, call }) => `${place}: ${call} is handed a lock, and nothing is known of it`,
    ),
    ...without(gone, come).map(
      ({ place, call }) => `${place}: ${call} was handed a lock before, and nothing is known of it`,
    ),
  ];
}

/** The calls of one side that the other lacks, one for one: a line that is written anew may call what it called. */
function without(calls: readonly Handed[], others: readonly Handed[]): readonly Handed[] {
  const left = others.map(({ look }) => look);
  return calls.filter(({ look }) => {
    const at = left.indexOf(look);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function changedCalls(image: Image): readonly Handed[] {
  const { functions, text, lines } = readUnit(image.text);
  const known = new Set(functions.map(({ name }) => name));
  return functions.flatMap(({ start, bodyStart, bodyEnd }) => {
    const body = text.slice(bodyStart, bodyEnd);
    const locals = localsOf(text.slice(start, bodyEnd));
    const locks = locksOf(locals, body);
    return callsIn(body).flatMap(({ name, arguments: args, at }) => {
      const line = lines.lineAt(bodyStart + at);
      if (!image.origins[line - 1]?.changed || known.has(name) || isKnown(name)) return [];
      const lock = args.split(",").find((each) => locks.has(each));
      if (lock === undefined) return [];
      const call = `${name}(${lock})`;
      return [{ place: placeOf(image, line), call, look: normalise(call, locals) }];
    });
  });
}

/** Whether a call of this name does to locks what the table says, or nothing. */
const isKnown = (name: string): boolean => isNoLock(name) || tableKnowledge.matters(name);

/** What the function locks by a known call, and its variables of a lock's type, by value and by address. */
function locksOf(locals: Locals, body: string): ReadonlySet<string> {
  const locks = new Set<string>();
  for (const { name, arguments: args } of callsIn(body)) {
    const [first = ""] = args.split(",");
    if (/lock|mutex|down_|up_/.test(name) && tableKnowledge.matters(name) && /^&|lock|ptl/.test(first))
      locks.add(first);
  }
  for (const [name, type] of locals) {
    if (!LOCK_TYPE.test(type)) continue;
    locks.add(name).add(`&${name}`);
  }
  return locks;
}
