import type { Operation } from "../../kernel/operation.ts";
import type { Flow } from "../flow/graph.ts";
import type { CallEffect, Knowledge, PlacedOperation } from "../knowledge/effect.ts";
import { keepsAddress } from "../program/list.ts";
import { type Aliases, aliasesOf } from "./alias.ts";
import type { Call, ResolvedCalls, ResolvedOperation, ResolvedOutcome } from "./calls.ts";
import { untieSplitContexts } from "./coupling.ts";
import { Drafts } from "./drafts.ts";
import { bareText, type Key, keyText, pointerBase, pointerGroups, resultTargets } from "./key.ts";
import { withRefusals } from "./refuse.ts";
import { twinsAmong } from "./twin.ts";

/** Gives each operation of each call in a function the lock that it is about. */
export function resolveCalls(flow: Flow, known: Knowledge): ResolvedCalls {
  const found = flow.nodes.flatMap(({ action }, node) => {
    const effect = action.kind === "call" ? known.find(action.name, action.args) : undefined;
    return action.kind === "call" && effect ? [{ node, action, effect }] : [];
  });
  const resolver = new Resolver(flow);
  for (const { action, effect } of found) resolver.noteMappings(action, effect);
  const outcomes = new Map<number, readonly ResolvedOutcome[]>();
  // What is said of a lock is bound once all locks are known.
  for (const { node, action, effect } of [...found.filter(isDone), ...found.filter(isSaid)]) {
    const bound = effect.outcomes.map(({ does, forgets = [], ...rest }) => ({
      ...rest,
      does: resolver.bindAll(action, does),
      forgets: resolver.bindAll(action, forgets).flatMap(({ key }) => key ?? []),
    }));
    if (bound.some((each) => isAboutSomething(each, resolver))) outcomes.set(node, withRefusals(bound));
  }
  untieSplitContexts(outcomes);
  const protectors = new Map<number, Set<number>>();
  for (const { node, action } of found) {
    for (const { does } of outcomes.get(node) ?? []) resolver.noteProtector(action, does, protectors);
  }
  const keys = resolver.keys();
  return {
    keys,
    outcomes,
    protectors: onlyOnes(protectors),
    carriers: resolver.carriers,
    mayAlias: twinsAmong(keys, flow),
    effects: [...new Map(found.map(({ effect }) => [effect.name, effect])).values()],
    aliases: resolver.aliases,
    groupOf: resolver.groupOf,
  };
}

class Resolver {
  readonly aliases: Aliases;
  readonly carriers = new Set<string>();
  readonly #targets: ReadonlyMap<string, readonly string[]>;
  readonly groupOf: (name: string) => string;
  readonly #drafts = new Drafts();
  readonly #flow: Flow;

  constructor(flow: Flow) {
    this.#flow = flow;
    this.aliases = aliasesOf(flow);
    this.#targets = resultTargets(flow);
    this.groupOf = pointerGroups(flow);
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

  /** Contexts that come and go with a lock or a mapping of the same call are coupled to it. */
  bindAll(call: Call, does: readonly PlacedOperation[]): readonly ResolvedOperation[] {
    const bound = does.map((each) => this.#bind(call, each));
    const keyOf = (wanted: string, mapping: boolean) =>
      bound.find(({ operation: { kind, object } }) => kind === wanted && (object === "pte-table") === mapping)
        ?.key;
    return bound.map((each) => {
      const { kind, object } = each.operation;
      const releasedWith = kind === "unmap" ? keyOf("release", false) : undefined;
      if (releasedWith !== undefined) return { ...each, releasedWith };
      if (kind !== "enter" && kind !== "leave") return each;
      const [entering, mapping] = [kind === "enter", object === "rcu"];
      const coupled = mapping
        ? keyOf(entering ? "map" : "unmap", true)
        : keyOf(entering ? "acquire" : "release", false);
      return coupled === undefined ? each : { ...each, coupled };
    });
  }

  #bind(call: Call, { operation, path }: PlacedOperation): ResolvedOperation {
    const key = this.#keyOf(call, operation, path);
    return key === undefined ? { operation } : { operation, key };
  }

  #keyOf(call: Call, operation: Operation, path: string | undefined): number | undefined {
    switch (operation.kind) {
      case "acquire":
      case "release": {
        const text = this.#operandText(call, operation.operand, path);
        if (text === undefined) return undefined;
        return this.#drafts.key(operation.object, text, operation.kind === "acquire");
      }
      case "believe": {
        const text = this.#operandText(call, operation.operand, path);
        return text === undefined ? undefined : this.#drafts.named(text);
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
      case "save":
      case "restore": {
        const text = this.#operandText(call, operation.operand, path);
        return text === undefined
          ? undefined
          : this.#drafts.key(operation.object, text, operation.kind === "save");
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
      const base = pointerBase(call.args[Number(operand ?? 0)]);
      return base === undefined ? undefined : this.groupOf(base + path);
    }
    const target = this.#targets.get(call.result)?.[0];
    if (target === undefined) return undefined;
    this.carriers.add(call.result);
    return this.groupOf(target + path);
  }

  /** A call that maps a page table and takes or names its lock says which lock protects it. */
  noteProtector(call: Call, does: readonly ResolvedOperation[], into: Map<number, Set<number>>): void {
    const mapping = does.find(({ operation }) => operation.kind === "map")?.key;
    if (mapping === undefined) return;
    const taken = does.find(
      ({ operation }) => operation.kind === "acquire" && operation.object === "ptl",
    )?.key;
    const lock = taken ?? this.#namedLock(call);
    if (lock !== undefined) into.set(mapping, (into.get(mapping) ?? new Set()).add(lock));
  }

  #namedLock(call: Call): number | undefined {
    const arg = call.args[3];
    return arg && this.#drafts.find("spinlock", keyText(arg, this.aliases));
  }
}

/** Lists that are not the function's own, and what is said of a lock that it does not touch, are no matter. */
function isAboutSomething({ does }: Pick<ResolvedOutcome, "does">, { hasLists }: Resolver): boolean {
  const matters = ({ operation: { kind }, key }: ResolvedOperation) =>
    kind === "drain" ? hasLists : key !== undefined || !ABOUT_KEYS.has(kind);
  return does.length === 0 || does.some(matters);
}
const ABOUT_KEYS: ReadonlySet<string> = new Set(["believe", "declare", "fill"]);

const isSaid = ({ effect }: { effect: CallEffect }): boolean =>
  effect.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "believe"));
const isDone = (found: { effect: CallEffect }): boolean => !isSaid(found);

function onlyOnes(sets: ReadonlyMap<number, ReadonlySet<number>>): ReadonlyMap<number, number> {
  const only = [...sets].filter(([, locks]) => locks.size === 1);
  return new Map(only.map(([mapping, locks]) => [mapping, [...locks][0] ?? 0]));
}
