import type { Operation } from "../../kernel/operation.ts";
import type { Flow } from "../flow/graph.ts";
import { partsOf, placeOf, readsOf, stripped } from "../flow/print.ts";
import type { CallEffect, PlacedOperation } from "../knowledge/effect.ts";
import type { Expr } from "../syntax/ast.ts";
import { type Aliases, aliasesOf, type GivenBack } from "./alias.ts";
import type { Call, ResolvedOperation } from "./calls.ts";
import { coupled } from "./coupling.ts";
import { Drafts } from "./drafts.ts";
import { bareText, type Key, keyText, pathAt, pointerBase, pointerGroups, resultTargets } from "./key.ts";

/** Tells which lock, mapping or list each operation of a call is about, and numbers them as they come up. */
export class LockNames {
  readonly aliases: Aliases;
  readonly carriers = new Set<string>();
  readonly #targets: ReadonlyMap<string, readonly string[]>;
  readonly groupOf: (name: string) => string;
  readonly #drafts = new Drafts();
  readonly #flow: Flow;
  readonly #counters: ReadonlySet<string>;

  constructor(flow: Flow, givenBack: GivenBack) {
    this.#flow = flow;
    this.aliases = aliasesOf(flow, givenBack);
    this.#targets = resultTargets(flow);
    this.groupOf = pointerGroups(flow);
    this.#counters = countersOf(flow);
  }

  keys(): readonly Key[] {
    return this.#drafts.keys();
  }

  get hasLists(): boolean {
    return this.#drafts.hasSome("list");
  }

  /** Makes the keys of mappings known before any access to them. */
  noteMappings(call: Call, effect: CallEffect): void {
    for (const { does } of effect.outcomes) {
      for (const { operation } of does) if (operation.kind === "map") this.#keyOf(call, operation, undefined);
    }
  }

  /** Whether what the call returns is assigned to something. */
  keepsResult({ result }: Call): boolean {
    return (this.#targets.get(result)?.length ?? 0) > 0;
  }

  resolve(call: Call, does: readonly PlacedOperation[]): readonly ResolvedOperation[] {
    return coupled(does.map((each) => this.#resolved(call, each)));
  }

  #resolved(call: Call, placed: PlacedOperation): ResolvedOperation {
    const { operation, chain, confirmed, listed, from } = placed;
    if (chain) return { operation, chain, ...(confirmed && { confirmed }) };
    if (listed) return { operation, listed };
    const key = this.#keyOf(call, operation, pathAt(placed, call.args, this.aliases));
    if (key === undefined) return { operation, ...(from && { from }) };
    const isAnother = placed.another ?? this.#isAnother(call, operation);
    const another = isAnother && { another: true as const };
    return { operation, key, ...another, ...(from && { from }) };
  }

  #isAnother({ args }: Call, operation: Operation): boolean {
    if (operation.kind !== "acquire" || operation.object !== "folio-lock") return false;
    return operation.operand === "result" && args.flatMap(readsOf).some((each) => this.#counters.has(each));
  }

  #keyOf(call: Call, operation: Operation, path: string | undefined): number | undefined {
    switch (operation.kind) {
      case "acquire":
      case "release":
      case "save":
      case "restore": {
        const text = this.#operandText(call, operation.operand, path);
        if (text === undefined) return undefined;
        const isTaken = operation.kind === "acquire" || operation.kind === "save";
        return this.#drafts.key(operation.object, text, isTaken);
      }
      case "acquire-release": {
        const text = this.#operandText(call, operation.operand, path);
        return text === undefined ? undefined : this.#drafts.passed(operation.object, text);
      }
      case "assume":
      case "require": {
        const text = this.#operandText(call, operation.operand, path);
        return text === undefined ? undefined : this.#drafts.named(text);
      }
      case "wait": {
        const text = this.#operandText(call, operation.operand, path);
        return text === undefined ? undefined : this.#drafts.find(operation.object, text);
      }
      case "declare":
      case "fill": {
        const text = this.#operandText(call, operation.operand, path);
        if (text === undefined) return undefined;
        if (operation.kind === "fill") return this.#drafts.find("list", text);
        return /\W/.test(text) || keepsAddress(this.#flow, text)
          ? undefined
          : this.#drafts.key("list", text, true);
      }
      case "map":
      case "unmap":
      case "access": {
        const group = this.#group(call, operation.operand, path);
        if (group === undefined) return undefined;
        if (operation.kind === "access") return this.#drafts.find("pte-table", group);
        return this.#drafts.key(operation.object, group, operation.kind === "map");
      }
      default:
        return undefined;
    }
  }

  #operandText(call: Call, operand: unknown, path: string | undefined): string | undefined {
    if (operand === "result") {
      const target = this.#targets.get(call.result)?.at(-1);
      if (target !== undefined) this.carriers.add(call.result);
      return target === undefined ? undefined : bareText(target + (path ?? ""));
    }
    if (operand === undefined) return path;
    const arg = call.args[Number(operand)];
    return arg && keyText(arg, this.aliases, path);
  }

  #group(call: Call, operand: unknown, path = ""): string | undefined {
    if (operand !== "result") {
      const arg = call.args[Number(operand ?? 0)];
      const base = pointerBase(arg) ?? (arg && addressed(arg));
      return base === undefined ? undefined : this.groupOf(base + path);
    }
    const target = this.#targets.get(call.result)?.[0] ?? this.#handedBack(call);
    if (target === undefined) return undefined;
    this.carriers.add(call.result);
    return this.groupOf(target + path);
  }

  /** What a call maps and the function returns right away has no name but that of the result. */
  #handedBack({ result }: Call): string | undefined {
    const isReturned = this.#flow.nodes.some(
      ({ action }) =>
        action.kind === "return" && action.value?.kind === "copy" && action.value.variable === result,
    );
    return isReturned ? result : undefined;
  }

  /** The lock that a call which maps a page table names; undefined where it takes it itself. */
  namedLock(call: Call): number | undefined {
    const arg = call.args[3];
    return arg && this.#drafts.find("spinlock", keyText(arg, this.aliases));
  }
}

/** The variable whose address it is: a callee puts there what it maps. */
function addressed(each: Expr): string | undefined {
  const inner = stripped(each);
  return inner.kind === "unary" && inner.operator === "&" ? placeOf(inner.operand) : undefined;
}

/** The variables that are counted up or down. */
function countersOf({ nodes }: Flow): ReadonlySet<string> {
  const counted = nodes.flatMap(({ action }) => {
    if (action.kind !== "assign") return [];
    const { target, value, from } = action;
    const isStep = from?.kind === "step" || (from?.kind === "assign" && /^[+-]=$/.test(from.operator));
    return isStep || value.kind === "raised" || value.kind === "lowered" ? [target] : [];
  });
  return new Set(counted);
}

/** Whether the address of a variable is kept somewhere: in another variable, or in a structure. */
function keepsAddress({ nodes }: Flow, name: string): boolean {
  return nodes.some(
    ({ action }) => action.kind === "assign" && action.from && takesAddress(action.from, name),
  );
}

function takesAddress(each: Expr, name: string): boolean {
  if (each.kind === "call") return false;
  if (each.kind === "unary" && each.operator === "&") return placeOf(each.operand) === name;
  return partsOf(each).some((part) => takesAddress(part, name));
}
