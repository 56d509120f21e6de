import type { Run } from "../checker/result.ts";
import { type Key, lockName, type Translation } from "../model/c/index.ts";
import type { Unit } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import { type CalleeReturn, calleeReturns } from "./callee-returns.ts";
import type { Exit } from "./exit.ts";
import type { WithinCall } from "./finding.ts";
import { transitionsOf } from "./path.ts";
import { eventsOn } from "./story.ts";

/** What the source tells of the calls on the path of a finding. */
export interface SourceStory {
  /** Where a function of the source changes locks of its callers, and where it does not. */
  returnsOf(callee: string): readonly CalleeReturn[];
  /** A call of this name releases nothing unseen: its body is in sight, or its looks say that it is a macro or an accessor. */
  isExplained(callee: string): boolean;
}

/** A reading of a function, and how it ends. */
interface Judgement {
  readonly translation: Translation;
  readonly judged: { readonly exits: readonly Exit[] };
}

export const NO_STORY: SourceStory = { returnsOf: () => [], isExplained: () => false };

/** Of a source whose functions are judged callee first. */
export class UnitStory implements SourceStory {
  readonly #unit: Unit;
  readonly #returns = new Map<string, readonly CalleeReturn[]>();
  readonly #called: ReadonlySet<string>;
  readonly #defined: ReadonlySet<string>;
  #accessors: ReadonlySet<string> | undefined;

  constructor(unit: Unit) {
    this.#unit = unit;
    this.#called = new Set(unit.functions.flatMap(({ calls }) => [...calls]));
    this.#defined = new Set(unit.functions.map(({ name }) => name));
  }

  note(name: string, [first]: readonly Judgement[]): void {
    if (!first || !this.#called.has(name) || this.#returns.has(name)) return;
    const found = calleeReturns(first.translation, first.judged.exits);
    if (found.length > 0) this.#returns.set(name, found);
  }

  returnsOf = (callee: string): readonly CalleeReturn[] => this.#returns.get(callee) ?? [];

  isExplained = (callee: string): boolean => {
    this.#accessors ??= accessorsIn(this.#unit.text);
    return (
      this.#defined.has(callee) ||
      this.#unit.macros.names.has(callee) ||
      (/^[A-Z0-9_]+$/.test(callee) && lockWordOf(callee) === undefined) ||
      this.#accessors.has(callee)
    );
  };
}

/** `iso_pi(sk)->conn`: what leads from one object to another. */
const accessorsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\b(\w+)\([^()]*\)->/g)].map(([, name = ""]) => name));

/** The calls of a run whose callee changes the lock on some of its exits, with what it does on the one passed. */
export function withinCalls(
  run: Run,
  key: Key,
  translation: Translation,
  { returnsOf }: SourceStory,
): readonly WithinCall[] {
  return transitionsOf(translation, run).flatMap(({ index, transition }) => {
    const [callee] = ownCallee(index, translation);
    const { source, decision } = transition;
    if (callee === undefined || !source) return [];
    const { taken, released } = eventsOn(key, transition);
    const does = taken ? "takes" : released ? "releases" : "nothing";
    const net = taken ? 1 : released ? -1 : 0;
    const told = returnsOf(callee).filter(({ object }) => object === key.object);
    const named = told.filter(({ lock }) => lock === lockName(key));
    const passed = (named.length > 0 ? named : told).filter(
      (each) => each.net === net && (!decision || each.returns.includes(decision.alternative)),
    );
    const [shortest] = [...passed].sort((one, other) => one.steps.length - other.steps.length);
    return shortest ? [{ line: source.line, callee, does, steps: shortest.steps }] : [];
  });
}

/** The function of the source that a step calls. */
export function ownCallee(
  step: number | undefined,
  { nodes, plan: { flow, calls } }: Translation,
): readonly string[] {
  const action = step === undefined ? undefined : flow.nodes[nodes[step] ?? -1]?.action;
  if (action?.kind !== "call") return [];
  const effect = calls.effects.find(({ name }) => name === action.name);
  return effect?.source === "summary" ? [action.name] : [];
}
