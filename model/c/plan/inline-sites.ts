import type { Operand } from "../../kernel/operation.ts";
import type { Call, ResolvedOperation } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import { keyOf } from "../calls/unclear.ts";
import { type InlineBody, isConstant } from "../flow/inline.ts";
import { placeOf, stripped } from "../flow/print.ts";
import type { CallEffect, Knowledge, PlacedOperation } from "../knowledge/effect.ts";
import type { Expr } from "../syntax/ast.ts";
import { changedIn } from "../syntax/rename.ts";
import type { Plan } from "./plan.ts";

/**
 * The sites of calls whose effect depends on more than a summary says, on locks that the function has to do with
 * elsewhere: their bodies are to be laid in the place of the call.
 */
export function sitesToInline({ flow, calls }: Plan, known: Knowledge): readonly string[] {
  return flow.nodes.flatMap(({ action }, node) => {
    if (action.kind !== "call" || action.site === undefined) return [];
    const body = known.bodyOf?.(action.name);
    const effect = body && known.find(action.name, action.args);
    if (!effect || body.parameters.length !== action.args.length) return [];
    const call = new CallAt(calls, node, action, effect);
    const isAsked = body.isLarge
      ? call.isSwitched()
      : call.dependsOnCaller() || (body.fillsIn && call.fillsBeside());
    return isAsked && call.isNamedAlike(body) ? [action.site] : [];
  });
}

/**
 * The nodes of calls that take or release a lock by a variant which does not stand in their summaries, while the
 * function takes or releases it elsewhere: those whose bodies were not laid.
 */
export function unlaidSwitches(
  { flow, calls }: Pick<Plan, "flow" | "calls">,
  known: Knowledge,
): readonly number[] {
  return flow.nodes.flatMap(({ action }, node) => {
    if (action.kind !== "call" || action.onlyDemands) return [];
    const effect = known.find(action.name, action.args);
    if (effect?.source !== "summary") return [];
    return new CallAt(calls, node, action, effect).isOtherVariant({ flow, known }) ? [node] : [];
  });
}

/** A call of a function of the source. */
class CallAt {
  readonly #calls: Plan["calls"];
  readonly #node: number;
  readonly #call: Call;
  readonly #effect: CallEffect;

  constructor(calls: Plan["calls"], node: number, call: Call, effect: CallEffect) {
    this.#calls = calls;
    this.#node = node;
    this.#call = call;
    this.#effect = effect;
  }

  /** In the body, the locks that the callee's effect is about are the caller's, by the caller's names. */
  isNamedAlike({ parameters, statements }: InlineBody): boolean {
    const changed = changedIn(statements);
    return this.#effect.outcomes.every(({ does, forgets = [], mayPass = [], taints }) => {
      const placed = [...does, ...forgets, ...mayPass];
      const operands = placed.flatMap(operandOf);
      const isIndexed = placed.some(({ path = "", indices }) => /[([]/.test(path) && !indices);
      const isAlike = (operand: Operand) => {
        const arg = typeof operand === "number" ? this.#call.args[operand] : undefined;
        return arg !== undefined && isPath(arg) && !changed.has(parameters[Number(operand)] ?? "");
      };
      // A summary couples a context to its lock: other callees of the two are not laid.
      const isMixed = does.some(isLocking) && does.some(isContext);
      return taints === undefined && !isMixed && !isIndexed && operands.every(isAlike);
    });
  }

  dependsOnCaller(): boolean {
    const { outcomes } = this.#effect;
    const unclear = outcomes.flatMap(({ forgets = [] }) => forgets);
    const perhaps = outcomes.flatMap(({ mayPass = [] }) => mayPass);
    const does = outcomes.flatMap((each) => each.does);
    const isDecided = this.#call.args.map(stripped).some(isConstant) && differ(outcomes);
    return (
      unclear.some((each) => this.#elsewhere(each).length > 0) ||
      perhaps.some((each) => this.#keyOf(each)?.acquired) ||
      this.isSwitched() ||
      (isDecided && does.some((each) => this.#elsewhere(each).length > 0))
    );
  }

  /** It fills in a variable, and does something to a lock with which the function has to do elsewhere. */
  fillsBeside(): boolean {
    const isFilled = this.#call.args.map(stripped).some((each) => {
      return each.kind === "unary" && each.operator === "&" && each.operand.kind === "name";
    });
    return (
      isFilled &&
      this.#effect.outcomes.some(({ does }) => does.some((each) => this.#elsewhere(each).length > 0))
    );
  }

  /** It takes or releases a lock here, by a call with bottom halves or interrupts, or as the function does elsewhere. */
  isSwitched(): boolean {
    return this.#effect.outcomes.some(({ does }) => does.some((each) => this.#switches(each)));
  }

  /** Other calls of a lock switch other contexts with it. */
  isOtherVariant({ flow, known }: { readonly flow: Plan["flow"]; readonly known: Knowledge }): boolean {
    const own = contextsOf(this.#effect.switches ?? []);
    const touched = this.#effect.outcomes.flatMap(({ does }) =>
      does.filter(isLocking).flatMap((each) => this.#keyOf(each)?.index ?? []),
    );
    return [...this.#calls.outcomes].some(([node, outcomes]) => {
      const action = flow.nodes[node]?.action;
      const effect = action?.kind === "call" ? known.find(action.name, action.args) : undefined;
      const does = outcomes.flatMap((each) => each.does);
      const isAbout = does.some(
        (each) => isLocking(each) && each.key !== undefined && touched.includes(each.key),
      );
      if (node === this.#node || !isAbout) return false;
      const isSummary = effect?.source === "summary";
      const contexts = does.filter(isSwitch).map(({ operation: { object } }) => object);
      return contextsOf(isSummary ? (effect.switches ?? []) : contexts) !== own;
    });
  }

  #switches(placed: PlacedOperation): boolean {
    const { kind } = placed.operation;
    if (kind !== "acquire" && kind !== "release") return false;
    const others = this.#elsewhere(placed);
    return others.length > 0 && (this.#effect.switches !== undefined || others.flat().some(isSwitch));
  }

  /** What other calls do to the lock, each with all that it does. */
  #elsewhere(placed: PlacedOperation): readonly (readonly ResolvedOperation[])[] {
    const key = this.#keyOf(placed);
    if (!key) return [];
    return [...this.#calls.outcomes].flatMap(([node, outcomes]) => {
      if (node === this.#node) return [];
      return outcomes.flatMap(({ does, forgets }) =>
        forgets.includes(key.index) || does.some((each) => each.key === key.index) ? [does] : [],
      );
    });
  }

  #keyOf(placed: PlacedOperation): Key | undefined {
    return keyOf(placed, this.#call.args, this.#calls);
  }
}

/** Flags that it returns are copied with what it returns. */
const operandOf = ({ operation }: PlacedOperation): readonly Operand[] => {
  const { operand = undefined } = "operand" in operation ? operation : {};
  const isReturned = operation.object === "irq-flags" && operand === "result";
  return operand === undefined || isReturned ? [] : [operand];
};

/** A place or its address, which no other name hides. */
function isPath(arg: Expr): boolean {
  const each = stripped(arg);
  const place = each.kind === "unary" && each.operator === "&" ? each.operand : each;
  return placeOf(place) !== undefined;
}

/** Of `acquire irq` and `irq` alike. */
const contextsOf = (switches: readonly string[]): string =>
  [...new Set(switches.map((each) => each.split(" ").at(-1)))].sort().join();

const isLocking = ({ operation: { kind } }: Pick<PlacedOperation, "operation">): boolean =>
  kind === "acquire" || kind === "release";

const isContext = ({ operation: { kind } }: PlacedOperation): boolean => kind === "enter" || kind === "leave";

const isSwitch = ({ operation: { kind, object } }: ResolvedOperation): boolean =>
  (kind === "enter" || kind === "leave") && (object === "bh" || object === "irq");

const differ = (outcomes: CallEffect["outcomes"]): boolean =>
  new Set(outcomes.map(({ does, forgets }) => JSON.stringify([does, forgets]))).size > 1;
