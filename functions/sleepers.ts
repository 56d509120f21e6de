import type { Knowledge, SleepCall, SleepChain, Sleepers } from "../model/c/knowledge/index.ts";
import { type CallText, splitTop, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import { asksCaller } from "../model/kernel/table/context-test.ts";
import { allowsSleep, asksForSleep, FLAGS_ASLEEP } from "../model/kernel/table/gfp.ts";
import { flagWrappersIn } from "./flag-wrappers.ts";

/**
 * The functions of a unit in which some call may sleep, each with the shortest chain that leads there. Whether a path
 * leads there is not asked; functions that depend on their context, or that may release a lock unseen, are left out.
 */
export function sleepersOf(unit: Unit, known: Knowledge, flags: FlagsWanted = "any"): Sleepers {
  const wrappers = flags === "constant" ? flagWrappersIn(unit, known) : NONE;
  const sleeps = sleepsByName(known, flags, wrappers);
  const sleepers = new Map<string, SleepChain>();
  const open = unit.functions.filter((each) => !known.matters(each.name) && isPlain(each, unit, known));
  for (const each of open) {
    const first = firstCall(each, unit, sleeps);
    if (first && !sleepers.has(each.name))
      sleepers.set(each.name, [first, ...(wrappers.get(first.callee)?.chain ?? chainBehind(first, known))]);
  }
  const own = new Set(open.map(({ name }) => name));
  for (let before = -1; before !== sleepers.size; ) {
    before = sleepers.size;
    const last = new Map(sleepers);
    for (const each of open) {
      const call = sleepers.has(each.name)
        ? undefined
        : firstCall(each, unit, ({ name }) => own.has(name) && last.has(name));
      if (call) sleepers.set(each.name, [call, ...(last.get(call.callee) ?? [])]);
    }
  }
  return sleepers;
}

/** It does the same whatever its context, and calls nothing that sounds like a release and is not known. */
function isPlain({ calls }: UnitFunction, { functions }: Unit, known: Knowledge): boolean {
  const isOwn = (name: string) => functions.some((each) => each.name === name);
  return ![...calls].some(
    (name) =>
      (asksCaller(name) && !asksForSleep(name)) ||
      (lockWordOf(name) === "releases" && !known.matters(name) && !isOwn(name)),
  );
}

/** Where nobody looks whether a callee that is given flags really sleeps, flags in variables do not count. */
export type FlagsWanted = "any" | "constant";

/** How a function of another file comes to sleep. */
function chainBehind({ callee }: SleepCall, known: Knowledge): SleepChain {
  const position = known.flagsArgument?.(callee) ?? -1;
  const allowing = Array.from(
    { length: position + 1 },
    () => ({ kind: "name", name: FLAGS_ASLEEP }) as const,
  );
  return known.find(callee, allowing)?.outcomes[0]?.does.find(({ chain }) => chain)?.chain ?? [];
}

type Wrappers = ReturnType<typeof flagWrappersIn>;

const NONE: Wrappers = new Map();

/** Whether a call may sleep; of one without arguments, whether it may with some. */
type SleepTest = (call: Pick<CallText, "name"> & { readonly arguments?: string }) => boolean;

function sleepsByName(known: Knowledge, wanted: FlagsWanted, wrappers: Wrappers): SleepTest {
  const byName = new Map<string, boolean>();
  return ({ name, arguments: given }) => {
    const position = known.flagsArgument?.(name) ?? wrappers.get(name)?.position;
    if (position !== undefined)
      return given === undefined || mayAllow(splitTop(given)[position] ?? "", wanted);
    const found = byName.get(name) ?? maySleep(name, known);
    byName.set(name, found);
    return found;
  };
}

/** Flags in a variable may allow it. */
const mayAllow = (flags: string, wanted: FlagsWanted): boolean =>
  wanted === "any" ? allowsSleep(flags) || VARIABLE.test(flags) : allowsSleep(flags) && !VARIABLE.test(flags);

const VARIABLE = /\b[a-z]/;

const maySleep = (name: string, known: Knowledge): boolean =>
  (known.find(name, [])?.outcomes ?? []).some(({ does }) =>
    does.some(
      ({ operation: { kind }, listed }) =>
        listed !== "doubtful" && (kind === "may-sleep" || kind === "schedule"),
    ),
  );

function firstCall(each: UnitFunction, { lines }: Unit, sleeps: SleepTest): SleepCall | undefined {
  if (![...each.calls].some((name) => sleeps({ name }))) return undefined;
  const call = each.ownCalls.find(
    (one) => one.callee === one.name && !each.parameters.includes(one.name) && sleeps(one),
  );
  return call && { callee: call.name, line: lines.lineAt(each.bodyStart + call.at) };
}
