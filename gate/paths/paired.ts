import type { CheckResult } from "../../functions/check.ts";
import type { ExitState } from "../../functions/exit-finding.ts";
import type { Finding } from "../../functions/finding.ts";
import { functionRanges } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { localsOf, normalise } from "../compare/locals.ts";
import { SIDES, type Side } from "../diff/diff.ts";

interface Changed {
  readonly pair: ImagePair;
  readonly names: readonly string[];
  readonly reports: Readonly<Record<Side, CheckResult>>;
}

/**
 * Leaves out that both halves of a pair change to another lock, or take one now: what the one function leaves held
 * the other releases, as before. They are a pair where one table of operations names both, or their names say so.
 */
export function withoutPairs(found: readonly Finding[], changed: Changed): readonly Finding[] {
  return found.filter((each) => {
    const lock = memberOf(normalise(each.lock, localsIn(changed, each.function)));
    return !isHalf(each.function, changed, (other) => other === lock);
  });
}

/** Whether a function leaves other locks than before, and another one that is its other half undoes them all. */
export const isHalfOfPair = (name: string, changed: Changed): boolean => isHalf(name, changed, () => true);

function isHalf(name: string, changed: Changed, isMeant: (lock: string) => boolean): boolean {
  const own = netsOf(name, changed);
  return changed.names.some((other) => {
    if (other === name || !arePaired(name, other, changed.pair)) return false;
    const others = netsOf(other, changed);
    const locks = [...new Set([...own.keys(), ...others.keys()])].filter(isMeant);
    const undoes = (lock: string) => {
      const [one = NONE, two = NONE] = [own.get(lock), others.get(lock)];
      return one !== "mixed" && two !== "mixed" && SIDES.every((side) => one[side] + two[side] === 0);
    };
    const changes = (lock: string) => {
      const nets = own.get(lock) ?? NONE;
      return nets !== "mixed" && nets.before !== nets.after;
    };
    return locks.some(changes) && locks.every(undoes);
  });
}

/** A lock by its last name: both halves may come to it by other pointers. */
const memberOf = (lock: string): string => /(?:->|\.)(\w+)$/.exec(lock)?.[1] ?? lock;

/** By lock, whatever the function's variables are called. */
type Nets = ReadonlyMap<string, Readonly<Record<Side, number>> | "mixed">;
const NONE = { before: 0, after: 0 };

/**
 * What a function leaves of its locks on each side: 1 where it returns with one, but for failures; -1 where it
 * releases its caller's.
 */
function netsOf(name: string, changed: Changed): Nets {
  const on = (side: Side) => {
    const states = changed.reports[side].exits?.get(name) ?? [];
    const locals = localsOf(textOf(changed.pair[side]?.text ?? "", name));
    const found = new Map<string, ExitState[]>();
    for (const each of states) {
      const lock = memberOf(normalise(each.lock, locals));
      found.set(lock, [...(found.get(lock) ?? []), each]);
    }
    return found;
  };
  const [before, after] = [on("before"), on("after")];
  const locks = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...locks].map((lock) => {
      const [was, is] = [netIn(before.get(lock) ?? []), netIn(after.get(lock) ?? [])];
      return [lock, was === undefined || is === undefined ? ("mixed" as const) : { before: was, after: is }];
    }),
  );
}

function netIn(states: readonly ExitState[]): number | undefined {
  const nets = new Set(states.map(({ net }) => net));
  if (nets.size <= 1) return [...nets][0] ?? 0;
  const kept = states.filter(({ net }) => net !== 0);
  const failing = states.filter(({ net }) => net === 0);
  const tells = ({ returns }: ExitState) => !kept.some((each) => each.returns === returns);
  return kept.every(({ net }) => net === 1) && failing.every(tells) ? 1 : undefined;
}

const textOf = (text: string, name: string): string =>
  functionRanges(text)
    .flatMap((each) => (each.name === name ? each.text : []))
    .join("\n");

const localsIn = ({ pair }: Changed, name: string) =>
  localsOf(textOf((pair.after ?? pair.before)?.text ?? "", name));

const HALVES =
  /(?<=^|_)(?:un)?(?:lock|freeze|prepare|hold|quiesce|register|map|pin|block|pause|load|claim)(?=_|$)|(?<=^|_)(?:start|stop|begin|end|grab|take|drop|attach|detach|connect|disconnect|enable|disable|enter|exit|leave|get|put|acquire|release|suspend|resume|complete|thaw|pre|post|open|close|finish)(?=_|$)/g;

function arePaired(one: string, other: string, { before, after }: ImagePair): boolean {
  const stem = (name: string) => name.replace(HALVES, "*");
  if (stem(one).includes("*") && stem(one) === stem(other)) return true;
  const text = (after ?? before)?.text ?? "";
  const tables = text.match(/=\s*\{[^{};]*\}/g) ?? [];
  const names = (table: string, name: string) => new RegExp(`=\\s*&?${name}\\s*[,}]`).test(table);
  return tables.some((table) => names(table, one) && names(table, other));
}
