import { type Knowledge, type PlacedOperation, takesLocks } from "../model/c/knowledge/index.ts";
import { type CallText, callsIn, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import type { Contracts } from "./contracts.ts";
import { outsideExport } from "./exported-name.ts";
import { type Finding, findingId } from "./finding.ts";

/** A source, and what it was before a change: what took the lock there says that it is needed as well. */
export interface Sides {
  readonly unit: Unit;
  readonly before?: Unit;
}

/**
 * Functions that call what asserts a lock, and never touch a lock themselves, while others of the file take that lock
 * around the call. Whoever calls them may hold it, so that this is a hint; none where the file calls them, or gives
 * their address away.
 */
export function bareCallers(
  file: string,
  { unit, before }: Sides,
  known: Knowledge,
  contracts: Contracts,
): readonly Finding[] {
  if (contracts.size === 0) return [];
  const called = new Set(unit.functions.flatMap(({ calls }) => [...calls]));
  const isGivenAway = ({ name }: UnitFunction) =>
    new RegExp(`${outsideExport(name)}(?!\\s*\\()`).test(unit.text);
  return unit.functions.flatMap((each) => {
    if (called.has(each.name) || isGivenAway(each) || !isBare(each, known, contracts)) return [];
    const call = callsOf(each, unit).find(({ name }) => {
      const demands = contracts.get(name) ?? [];
      return demands.some(
        (demand) =>
          isTakenIn(unit, known, { name, demand, except: each }) ||
          (before !== undefined && isTakenIn(before, known, { name, demand })),
      );
    });
    return call ? [findingOf(file, unit, each, call, contracts.get(call.name)?.[0])] : [];
  });
}

const callsOf = ({ bodyStart, bodyEnd }: UnitFunction, { text }: Unit): readonly CallText[] =>
  callsIn(text.slice(bodyStart, bodyEnd)).map((call) => ({ ...call, at: bodyStart + call.at }));

/** It neither takes a lock nor says that it comes with one, nor calls what may. */
function isBare(each: UnitFunction, known: Knowledge, contracts: Contracts): boolean {
  if (each.annotated || contracts.has(each.name) || HELPER.test(each.name)) return false;
  const touches = (name: string) =>
    takesLocks(known, name) || lockWordOf(name) !== undefined || ASSERTION.test(name);
  return ![...each.calls].some((name) => !contracts.has(name) && touches(name));
}

/** Its name says that its caller holds something. */
const HELPER = /^_|_?(?:un)?locked(?:_|$)/;
const ASSERTION = /assert|_held$|is_locked/;

interface Demanded {
  readonly name: string;
  readonly demand: PlacedOperation;
  readonly except?: UnitFunction;
}

/** Whether a function of the source, other than the exception, takes the lock before it makes the call, by a call that is known. */
function isTakenIn(unit: Unit, known: Knowledge, { name, demand, except }: Demanded): boolean {
  return unit.functions.some((each) => {
    if (each === except || !each.calls.has(name)) return false;
    const calls = callsOf(each, unit);
    const at = calls.findIndex((call) => call.name === name);
    const call = calls[at];
    const lock = call && lockOf(demand, call);
    const takes = ({ name: taker, arguments: given }: CallText) =>
      isTaker(known, taker) && given.split(",").some((arg) => arg.replace(/^&/, "") === lock);
    return lock !== undefined && calls.slice(0, at).some(takes);
  });
}

function isTaker(known: Knowledge, name: string): boolean {
  const outcomes = known.find(name, [])?.outcomes ?? [];
  return outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "acquire"));
}

/** The lock that a call is to be made under, as its caller names it. */
function lockOf({ operation, path = "" }: PlacedOperation, call: CallText): string | undefined {
  const operand = "operand" in operation ? operation.operand : undefined;
  if (operand === undefined) return path;
  const given = typeof operand === "number" ? call.arguments.split(",")[operand] : undefined;
  return given === undefined ? undefined : `${given}${path}`.replace(/^&(\w+)->/, "$1.").replace(/^&/, "");
}

function findingOf(
  file: string,
  { lines }: Unit,
  each: UnitFunction,
  call: CallText,
  demand: PlacedOperation | undefined,
): Finding {
  const line = lines.lineAt(call.at);
  const text = lines.textOf(line);
  const lock = (demand && lockOf(demand, call)) ?? "";
  return {
    id: findingId("lock-not-held", each.name, lock, text),
    rule: "lock-not-held",
    confidence: "audit",
    file,
    line,
    function: each.name,
    lock,
    message: `${call.name}() asserts a lock that others of the file take for it, and that is not taken here: ${lock}`,
    path: [{ line, text }],
  };
}
