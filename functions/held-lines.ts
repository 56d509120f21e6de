import {
  type Flow,
  familyOf,
  isNamed,
  type Key,
  readFunction,
  type Surroundings,
  type Translation,
} from "../model/c/index.ts";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import { callsIn, functionsNamed, readUnit, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { NotModelled } from "../model/not-modelled.ts";
import type { SourceText } from "./check-options.ts";

/** A line on which a function does something, with what it holds there whatever path led to it. */
export interface HeldLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Locks and contexts, each by its family and its path. */
  readonly held: ReadonlySet<string>;
}

export interface HeldLines {
  readonly lines: readonly HeldLine[];
  /** What guard() and scoped_guard() take. */
  readonly guarded: ReadonlySet<string>;
  /** Paths of locks that the function says to come with. */
  readonly asserted: ReadonlySet<string>;
}

const NONE: HeldLines = { lines: [], guarded: new Set(), asserted: new Set() };

/** What a function holds line by line, by its own text and what is known of its callees; nothing of one that can't be read. */
export async function heldLines(source: SourceText, name: string, known: Knowledge): Promise<HeldLines> {
  const unit = readUnit(source.text);
  const [own, ...others] = functionsNamed(source.text, name);
  return own && others.length === 0 ? heldLinesOf(own, { unit, file: source.file, known }) : NONE;
}

/** The same of a function of a source that is read already. */
export async function heldLinesOf(
  own: UnitFunction,
  { unit, file, known }: Pick<Surroundings, "unit" | "file" | "known">,
): Promise<HeldLines> {
  try {
    const { readings } = await readFunction(own, { unit, file, known });
    const all = merged(readings.map(({ program }) => linesOf(program("of calls"), own, unit)));
    return { ...all, asserted: assertedIn(own, unit, known) };
  } catch (error) {
    if (error instanceof NotModelled) return NONE;
    throw error;
  }
}

/** By its head, or by an assertion anywhere in it. */
function assertedIn(
  { annotations, bodyStart, bodyEnd }: UnitFunction,
  { text }: Unit,
  known: Knowledge,
): ReadonlySet<string> {
  const isAssertion = (name: string) =>
    known
      .find(name, [])
      ?.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "assume")) === true;
  const calls = callsIn(text.slice(bodyStart, bodyEnd)).filter(({ name }) => isAssertion(name));
  const annotated = annotations.flatMap(({ kind, lock }) => (kind === "acquires" ? [] : [lock]));
  return new Set([...annotated, ...calls.map((call) => call.arguments.replace(/^&/, ""))]);
}

type Read = Omit<HeldLines, "asserted">;

function merged(readings: readonly Read[]): Read {
  const lines = new Map<number, HeldLine>();
  for (const each of readings.flatMap((reading) => reading.lines)) {
    const known = lines.get(each.line);
    lines.set(each.line, known ? { ...each, held: common(known.held, each.held) } : each);
  }
  const guarded = new Set(readings.flatMap((reading) => [...reading.guarded]));
  return { lines: [...lines.values()], guarded };
}

const common = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): ReadonlySet<T> =>
  new Set([...one].filter((each) => other.has(each)));

const lookOf = ({ object, text }: Key): string => `${familyOf(object)} ${text}`;

function linesOf({ plan }: Translation, { annotations }: UnitFunction, unit: Unit): Read {
  const { flow, calls } = plan;
  const onEntry = calls.keys.filter((key) =>
    annotations.some(({ kind, lock }) => kind !== "acquires" && isNamed(key, lock)),
  );
  const changes = changesIn(calls);
  const held = heldAt(flow, new Set(onEntry.map(({ index }) => index)), changes);
  const lookAt = (index: number) => calls.keys.flatMap((key) => (key.index === index ? [lookOf(key)] : []));
  const lines = new Map<number, HeldLine>();
  for (const [node, { at, action }] of flow.nodes.entries()) {
    const keys = held.get(node);
    if (!keys || changes.has(node)) continue;
    const line = unit.lines.lineAt(at);
    // What a return computes, it does before guards release what they took.
    if (action.kind === "return" && lines.has(line)) continue;
    const looks = new Set([...keys].flatMap(lookAt));
    const known = lines.get(line);
    const both = known ? common(known.held, looks) : looks;
    lines.set(line, { line, text: unit.lines.textOf(line), held: both });
  }
  const guards = [...changes].filter(([node]) => isGuard(flow, node, unit));
  const guarded = new Set(guards.flatMap(([, { takes }]) => [...takes].flatMap(lookAt)));
  return { lines: [...lines.values()], guarded };
}

function isGuard({ nodes }: Flow, node: number, { text }: Unit): boolean {
  const action = nodes[node]?.action;
  return (
    action?.kind === "call" && /^(?:scoped_)?guard\b/.test(text.slice(action.call.at, action.call.at + 20))
  );
}

interface Change {
  /** Keys that are held after it, however the call turned out. */
  readonly takes: ReadonlySet<number>;
  readonly gives: ReadonlySet<number>;
}

const TAKES: ReadonlySet<string> = new Set(["acquire", "enter", "map", "assume"]);
const GIVES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);

type Calls = Translation["plan"]["calls"];
type Operation = NonNullable<ReturnType<Calls["outcomes"]["get"]>>[number]["does"][number];

/** What calls take and release, by node. */
function changesIn({ outcomes, contexts }: Calls): ReadonlyMap<number, Change> {
  const changes = new Map<number, Change>();
  for (const [node, each] of outcomes) {
    const keysOf = (kinds: ReadonlySet<string>) =>
      each.map(
        ({ does }) =>
          new Set(does.flatMap((one) => (kinds.has(one.operation.kind) ? (keyOf(one, contexts) ?? []) : []))),
      );
    const takes = keysOf(TAKES).reduce((one, other) => new Set(common(one, other)));
    const gives = new Set([
      ...keysOf(GIVES).flatMap((keys) => [...keys]),
      ...each.flatMap((one) => one.forgets),
    ]);
    if (takes.size + gives.size > 0) changes.set(node, { takes, gives });
  }
  return changes;
}

/** The lock that an operation is about, or the context that it enters or leaves by itself. */
function keyOf({ operation, key, coupled }: Operation, contexts: Calls["contexts"]): number | undefined {
  const isContext = operation.kind === "enter" || operation.kind === "leave";
  return key ?? (isContext && coupled === undefined ? contexts.get(operation.object)?.index : undefined);
}

/** What is held before each node on all paths that lead there. */
function heldAt(
  { nodes, entry }: Flow,
  onEntry: ReadonlySet<number>,
  changes: ReadonlyMap<number, Change>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const held = new Map<number, ReadonlySet<number>>([[entry, onEntry]]);
  const todo = [entry];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const { takes, gives } = changes.get(node) ?? { takes: new Set<number>(), gives: new Set<number>() };
    const kept = [...(held.get(node) ?? [])].filter((key) => !gives.has(key));
    const after = new Set([...kept, ...takes]);
    const { next = -1, otherwise = -1 } = nodes[node] ?? {};
    for (const to of new Set([next, otherwise])) {
      if (to < 0) continue;
      const known = held.get(to);
      const now = known ? common(known, after) : after;
      if (known?.size === now.size) continue;
      held.set(to, now);
      todo.push(to);
    }
  }
  return held;
}
