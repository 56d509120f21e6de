import type { Knowledge } from "../knowledge/effect.ts";
import { type CallText, callsIn } from "../source/calls.ts";
import { type Expanded, expandMacros } from "../source/expand.ts";
import { pastedNames } from "../source/macros.ts";
import { bodyOf, type Unit, type UnitFunction } from "../source/unit.ts";
import { wantedMacros } from "./wanted.ts";

/** How a function's macros are read. */
export interface MacroUse {
  /** The macros whose definition matters, which it uses itself or by others. */
  readonly used: ReadonlySet<string>;
  /** A text of its body, at the same offsets, as it reads where these names of conditions are true. */
  expand(body: string, given: ReadonlySet<string>): Expanded;
  /** Its body as it reads by the first definition of each macro, by the second, and so on. */
  readonly variants: () => readonly Expanded[];
}

export function macroUse(
  each: UnitFunction,
  { text, macros }: Unit,
  known: Pick<Knowledge, "matters" | "find">,
): MacroUse {
  const { bodyStart } = each;
  const body = bodyOf(text, each);
  const { names, definitionsOf, find } = macros;
  const isWanted = wantedMacros(macros, known);
  const used = new Set<string>();
  if (names.size > 0) {
    for (const name of body.match(/[A-Za-z_]\w*/g) ?? [])
      if (names.has(name) && isWanted(name)) used.add(name);
    for (const name of used) {
      const inner = definitionsOf(name).flatMap(({ body: text = "" }) => [
        ...(text.match(/[A-Za-z_]\w*/g) ?? []),
        ...pastedNames(text, names),
      ]);
      for (const word of inner) if (names.has(word) && isWanted(word)) used.add(word);
    }
  }
  const plain = (one: string): Expanded => ({ text: one, originOf: (offset) => offset });
  const most = Math.max(1, ...[...used].map((name) => definitionsOf(name).length));
  return {
    used,
    expand: (one, given) =>
      used.size === 0
        ? plain(one)
        : expandMacros(one, (name, at) => (used.has(name) ? find(name, bodyStart + at, given) : undefined)),
    variants: () =>
      used.size === 0
        ? [plain(body)]
        : Array.from({ length: most }, (_, which) =>
            expandMacros(body, (name) => (used.has(name) ? nth(definitionsOf(name), which) : undefined)),
          ),
  };
}

/** The body of a function as it reads by the first definition of each macro, by the second, and so on. */
export const bodiesOf = (
  each: UnitFunction,
  unit: Unit,
  known: Pick<Knowledge, "matters" | "find">,
): readonly Expanded[] => macroUse(each, unit, known).variants();

/** The calls of a function, those among them that its macros make for it: where the macro is used. */
export function callsOf(
  each: UnitFunction,
  unit: Unit,
  known: Pick<Knowledge, "matters" | "find">,
): readonly CallText[] {
  const { used, variants } = macroUse(each, unit, known);
  if (used.size === 0) return each.ownCalls.map((call) => placed(call, (at) => each.bodyStart + at));
  const [first, ...others] = variants();
  const calls = first ? callsOfVariant(first, each) : [];
  if (others.length === 0) return calls;
  const all = [...calls, ...others.flatMap((variant) => callsOfVariant(variant, each))];
  return [...new Map(all.map((call) => [`${call.at} ${call.callee} ${call.arguments}`, call])).values()];
}

function callsOfVariant({ text, originOf }: Expanded, { bodyStart }: UnitFunction): readonly CallText[] {
  const place = (at: number) => bodyStart + originOf(at);
  return callsIn(text).map((call) => placed(call, place));
}

const placed = (call: CallText, place: (at: number) => number): CallText => ({
  ...call,
  ...{ at: place(call.at), from: place(call.from), open: place(call.open) },
});

const nth = <T>(all: readonly T[], which: number): T | undefined => all[Math.min(which, all.length - 1)];
