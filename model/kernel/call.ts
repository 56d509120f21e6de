import { readAfter, sequence } from "../ir/compose.ts";
import { and, type Expression } from "../ir/expression.ts";
import type { Event, Update } from "../ir/model.ts";
import type { Alternative, Statement } from "../ir/procedure.ts";
import type { KernelState } from "./kernel-state.ts";
import type { Operation } from "./operation.ts";
import type { Outcome } from "./primitive.ts";
import { primitive } from "./table/index.ts";

/** How a call is written down in a scenario. */
export interface CallOptions {
  /** The line of code; the call's name with () where absent. */
  readonly text?: string;
  /** Which instance an operation on an object is about: { folio: ..., "folio-lock": ..., pte: ... }. */
  readonly instances?: Readonly<Record<string, Expression>>;
  /** How many instances, from that one on. */
  readonly extents?: Readonly<Record<string, Expression>>;
  /** Which of the scenario's objects an operation's object is, where the row does not say: { spinlock: "ptl" }. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Which outcomes the scenario tells apart; all of the row's where absent. */
  readonly outcomes?: readonly string[];
  /** What follows, or else happens, on an outcome. */
  readonly on?: Readonly<Record<string, OutcomeOptions>>;
  /** What else it changes, read in the state that its operations leave. */
  readonly updates?: readonly Update[];
  /** Operations of the scenario's own beside the row's. */
  readonly also?: readonly Operation[];
}

export interface OutcomeOptions {
  readonly guard?: Expression;
  readonly updates?: readonly Update[];
  readonly also?: readonly Operation[];
  readonly follow?: readonly Statement[];
}

/** A call of a primitive as one step: an alternative per outcome of its row. Throws for an unknown name or outcome. */
export function call(kernel: KernelState, name: string, options: CallOptions = {}): Statement {
  const row = primitive(name);
  const text = options.text ?? `${name}();`;
  const chosen = (options.outcomes ?? row.outcomes.map((each) => each.name)).map((wanted) => {
    const found = row.outcomes.find((each) => each.name === wanted);
    if (found) return found;
    throw new Error(
      `${name} has no outcome '${wanted}' (valid: ${row.outcomes.map((o) => o.name).join(", ")})`,
    );
  });
  const one = chosen.length === 1;
  return {
    kind: "step",
    text,
    alternatives: chosen.map((outcome) => alternative(kernel, name, outcome, options, one)),
  };
}

function alternative(
  kernel: KernelState,
  name: string,
  outcome: Outcome,
  options: CallOptions,
  only: boolean,
): Alternative {
  const own = options.on?.[outcome.name] ?? {};
  const operations = [...outcome.does, ...(options.also ?? []), ...(own.also ?? [])];
  const bound = bindAll(
    kernel,
    operations.map((each) => withInstance(each, options)),
  );
  const updates = sequence([bound.updates, options.updates ?? [], own.updates ?? []]);
  return {
    ...(!only && { name: outcome.name }),
    ...(!only && { decision: { kind: "outcome", subject: name, alternative: outcome.name } }),
    guard: and(bound.guard, ...(own.guard ? [own.guard] : [])),
    updates,
    events: bound.events,
    weight: outcome.weight,
    ...(own.follow && { follow: own.follow }),
  };
}

/** Binds operations that happen one after another within a step. */
export function bindAll(kernel: KernelState, operations: readonly Operation[]) {
  let guard = and();
  let updates: readonly Update[] = [];
  const events: Event[] = [];
  for (const operation of operations) {
    const effect = kernel.bind(operation);
    if (effect.guard) guard = and(guard, readAfter(updates, effect.guard));
    updates = sequence([updates, effect.updates]);
    events.push({ ...operation, updates: effect.updates });
  }
  return { guard, updates, events };
}

/** Leaving the function: `return` is an event, so that what must be balanced is judged there. */
export function returns(text = "return 0;"): Statement {
  return { kind: "return", text, events: [{ kind: "return", object: "function", updates: [] }] };
}

function withInstance(operation: Operation, { objects, instances, extents }: CallOptions): Operation {
  const object = objects?.[operation.object] ?? operation.object;
  const instance = instances?.[object];
  const extent = extents?.[object];
  return { ...operation, object, ...(instance && { instance }), ...(extent && { extent }) } as Operation;
}
