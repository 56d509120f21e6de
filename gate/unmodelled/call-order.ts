import type { UnknownLockCall } from "../../functions/unknown-locks.ts";
import { type Flow, readFunction } from "../../model/c/index.ts";
import { type Knowledge, takesLocks, withEffects } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { NotModelled } from "../../model/not-modelled.ts";

/** A call whose effect on locks is unknown, where it stands in a text. */
export interface PlacedCall {
  /** What stands from here to the parenthesis is the callee. Offsets in the text. */
  readonly from: number;
  readonly open: number;
  /** What stands up to `open` is no callee, and means the call by itself: a macro without arguments, assembly. */
  readonly isWhole?: boolean;
  /** It may take a lock, it may release one. */
  readonly takes: boolean;
  readonly releases: boolean;
  /** Tells it from other calls of the function. */
  readonly label: string;
}

export interface OrderContext {
  readonly file: string;
  readonly known: Knowledge;
}

/**
 * In which order a function may come to these calls, and how many of its exits it may come to behind each that may have
 * taken a lock: by its control flow, whatever else it does. Sorted lines, of which those about a call begin with its
 * label; undefined for a function that is not modelled.
 */
export async function callOrder(
  text: string,
  { name, bodyStart }: { readonly name: string; readonly bodyStart: number },
  calls: readonly PlacedCall[],
  { file, known }: OrderContext,
): Promise<readonly string[] | undefined> {
  const named = withNames(text, calls);
  const unit = readUnit(named.text);
  const each = unit.functions.find((one) => one.name === name && one.bodyStart === bodyStart);
  if (!each) return undefined;
  const effects = new Map([...named.calls.keys()].map((own) => [own, EFFECT] as const));
  const surroundings = { unit, file, known: withEffects(known, effects) };
  try {
    const { readings } = await readFunction(each, surroundings);
    const flows = readings.map((reading) => reading.program("of calls").plan.flow);
    return orderIn(flows, named.calls, known);
  } catch (error) {
    if (error instanceof NotModelled) return undefined;
    throw error;
  }
}

const EFFECT = {
  name: "unknown",
  source: "summary",
  outcomes: [{ name: "done", weight: 0, does: [], returns: 7 }],
} as const;

/** Callees get names of their own, so that calls through pointers are followed like others. */
function withNames(text: string, calls: readonly PlacedCall[]) {
  const named = new Map<string, PlacedCall>();
  let result = "";
  let done = 0;
  for (const [index, call] of calls.entries()) {
    const own = `_${index.toString(36)}${call.isWhole ? "()" : ""}`;
    if (call.from < done || own.length > call.open - call.from) continue;
    result += text.slice(done, call.from) + own.padEnd(call.open - call.from);
    done = call.open;
    named.set(own.replace("()", ""), call);
  }
  return { text: result + text.slice(done), calls: named };
}

function orderIn(
  flows: readonly Flow[],
  calls: ReadonlyMap<string, PlacedCall>,
  known: Knowledge,
): readonly string[] {
  const lines = new Set<string>();
  const exits = new Map<string, Set<number>>();
  for (const flow of flows) {
    const gaps = gapsIn(flow);
    const callAt = (node: number) => {
      const action = flow.nodes[node]?.action;
      return action?.kind === "call" ? calls.get(action.name) : gaps.get(node);
    };
    const isTaken = (node: number) => {
      const action = flow.nodes[node]?.action;
      return action?.kind === "call" && !calls.has(action.name) && takesLocks(known, action.name);
    };
    const isCall = (node: number) => callAt(node) !== undefined;
    const note = (
      label: string,
      from: readonly number[],
      isExitOf: (behind: readonly Followed[]) => boolean,
    ) => {
      const { ends, returns } = reachable(flow, from, isCall);
      const behind = ends.flatMap((node) => callAt(node) ?? []);
      for (const call of behind) lines.add(`${call.label} behind ${label}`);
      if (isExitOf(behind))
        for (const at of returns) exits.set(label, (exits.get(label) ?? new Set()).add(at));
    };
    const mayRelease = (behind: readonly Followed[]) => behind.some(({ releases }) => releases);
    note(BEGIN, [flow.entry], () => false);
    const first = reachable(flow, [flow.entry], (node) => isCall(node) || isTaken(node));
    if (mayRelease(first.ends.flatMap((node) => callAt(node) ?? [])))
      for (const at of first.returns) exits.set(BEGIN, (exits.get(BEGIN) ?? new Set()).add(at));
    for (const [index, { next, otherwise }] of flow.nodes.entries()) {
      const call = callAt(index);
      const behind = [next, otherwise].filter((node) => node >= 0);
      if (call) note(call.label, behind, () => call.takes);
      else if (isTaken(index)) note(BEGIN, behind, mayRelease);
    }
  }
  for (const [label, places] of exits) lines.add(`${label} has ${places.size} exits`);
  return [...lines].sort();
}

type Followed = Pick<PlacedCall, "takes" | "releases" | "label">;

/** Lines that hunks leave out may take a lock as well. */
function gapsIn({ nodes }: Flow): ReadonlyMap<number, Followed> {
  const gaps = [...nodes.keys()].filter((node) => nodes[node]?.action.kind === "gap");
  const inOrder = gaps.sort((one, other) => (nodes[one]?.at ?? 0) - (nodes[other]?.at ?? 0));
  return new Map(inOrder.map((node, nth) => [node, { takes: true, releases: false, label: `gap ${nth}` }]));
}

/** The function's begin, and what it takes by calls that are known. */
const BEGIN = "the begin";

/** Where paths from these nodes first come to one that ends them, and the places of the returns on the way. */
function reachable(
  { nodes }: Flow,
  from: readonly number[],
  isEnd: (node: number) => boolean,
): { readonly ends: readonly number[]; readonly returns: readonly number[] } {
  const [ends, returns] = [new Set<number>(), new Set<number>()];
  const seen = new Set(from);
  for (const node of seen) {
    const each = nodes[node];
    if (!each) continue;
    if (isEnd(node)) {
      ends.add(node);
      continue;
    }
    if (each.action.kind === "return") returns.add(each.at);
    for (const next of [each.next, each.otherwise]) if (next >= 0) seen.add(next);
  }
  return { ends: [...ends], returns: [...returns] };
}

const EXIT = /\b(?:return|goto)\b/g;

export interface Worded {
  readonly at: number;
  /** Where the function took what it holds here, or where its body begins. */
  readonly since: number;
  readonly word?: UnknownLockCall["word"] | undefined;
}

/**
 * Where no call behind the first may release, what the first takes is kept up to the end. What the first
 * releases is held before.
 */
export function exitsWithin(calls: readonly Worded[], text: string, end: number): string {
  const [opening] = calls;
  if (opening === undefined) return "";
  const first = opening.word === "releases" ? opening.since : opening.at;
  const last = calls.findLast(({ word, at }) => word !== "acquires" && at > first)?.at ?? end;
  return (text.slice(first, last).match(EXIT) ?? []).join();
}
