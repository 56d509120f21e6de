import { add } from "../../multimap.ts";
import { type Arm, armsOf, chooseArms, isAround } from "./conditional.ts";
import { type MacroText, macrosIn } from "./macros.ts";

/** The macros that a source can use: what its headers define, at offsets below zero, and what it defines itself. */
export interface MacroTable {
  readonly names: ReadonlySet<string>;
  /** All definitions of a name, and where it is taken back. */
  definitionsOf(name: string): readonly MacroText[];
  /** The definition at an offset, where these names of conditions are true; the last one where absent. */
  find(name: string, at: number, given?: ReadonlySet<string>): MacroText | undefined;
  /** Whether a name is a macro in one arm of an `#if` and a function of the source in another. */
  isTwin(name: string): boolean;
  /** The arms of the `#if`s that decide which definition of these names counts. */
  armsFor(names: Iterable<string>): readonly Arm[];
  /** What a name stands for at an offset, whatever is configured, if that is nothing or a number; undefined elsewhere. */
  constantAt(name: string, at: number): string | undefined;
}

/** `functions` are those of the text, by their names the offsets where they begin. */
export function macroTable(
  text: string,
  headers = "",
  functions: ReadonlyMap<string, number> = new Map(),
): MacroTable {
  const shift = headers.length;
  const all = macrosIn(headers + text).map((each) => ({ ...each, at: each.at - shift }));
  const byName = namedIn(all);
  let arms: readonly Arm[] | undefined;
  const allArms = () => {
    arms ??= withoutGuards(armsOf(headers + text), all, shift);
    return arms;
  };
  const around = (at: number) => allArms().filter((arm) => isAround(arm, at));
  const isTaken = (given: ReadonlySet<string>) => {
    const chosen = new Set(chooseArms(allArms(), given));
    return ({ at }: MacroText) => around(at).every((arm) => chosen.has(arm));
  };
  const definitionsOf = (name: string) => byName.get(name) ?? [];
  const isTwin = (name: string) => standsBeside(functions.get(name), definitionsOf(name), around);
  const differs = (name: string) => new Set(definitionsOf(name).map(({ body }) => body?.trim())).size > 1;
  return {
    names: new Set(byName.keys()),
    definitionsOf,
    isTwin,
    find: (name, at, given) => {
      const before = definitionsOf(name).filter((each) => each.at < at);
      const wanted = given && (before.length > 1 || isTwin(name)) ? before.filter(isTaken(given)) : before;
      const last = wanted.at(-1);
      return last?.body === undefined ? undefined : last;
    },
    armsFor: (names) => {
      const several = [...names].flatMap((name) =>
        isTwin(name) || differs(name) ? definitionsOf(name) : [],
      );
      const groups = new Set(several.flatMap(({ at }) => around(at).map(({ group }) => group)));
      return groups.size === 0 ? [] : allArms().filter(({ group }) => groups.has(group));
    },
    constantAt: (name, at) => {
      const [only, ...others] = definitionsOf(name);
      const isPlain = only && others.length === 0 && only.at < at && around(only.at).length === 0;
      return isPlain ? constantOf(only) : undefined;
    },
  };
}

function namedIn(all: readonly MacroText[]): ReadonlyMap<string, readonly MacroText[]> {
  const byName = new Map<string, MacroText[]>();
  for (const each of all) add(byName, each.name, each);
  return byName;
}

/** What a macro is that is nothing or a number. */
function constantOf({ body, parameters }: MacroText): string | undefined {
  const value = body?.trim();
  return value !== undefined && !parameters && /^(?:\d+)?$/.test(value) ? value : undefined;
}

/** Whether a function that begins there stands in another arm than some definition. */
function standsBeside(
  begins: number | undefined,
  definitions: readonly MacroText[],
  around: (at: number) => readonly Arm[],
): boolean {
  if (begins === undefined || definitions.length === 0) return false;
  const own = around(begins);
  return definitions.some(({ at }) => around(at).some((arm) => own.some((each) => isOther(each, arm))));
}

const isOther = (one: Arm, other: Arm): boolean => one.group === other.group && one.offset !== other.offset;

/** `#ifndef BOX_H` around all of a header, which defines it, decides nothing. */
function withoutGuards(all: readonly Arm[], macros: readonly MacroText[], shift: number): readonly Arm[] {
  const arms = all.map((arm) => ({ ...arm, offset: arm.offset - shift, end: arm.end - shift }));
  const sizes = new Map<number, number>();
  for (const { group, absent } of arms) if (!absent) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const guards = arms.filter(({ condition, offset, group }) => {
    const name = /^!defined\((\w+)\)$/.exec(condition ?? "")?.[1];
    if (name === undefined || sizes.get(group) !== 1) return false;
    const first = macros.find(({ at }) => at >= offset);
    return first?.name === name && first.body?.trim() === "";
  });
  const groups = new Set(guards.map(({ group }) => group));
  return arms.filter(({ group }) => !groups.has(group));
}
