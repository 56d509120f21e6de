import type { Action, Flow, FlowNode } from "./graph.ts";

type Slot = "next" | "otherwise";
/** Edges that wait for the node they lead to. */
export type Exits = readonly { readonly node: number; readonly slot: Slot }[];

interface Cleanup {
  /** Emits what leaving the scope does. */
  readonly run: () => void;
}

/** What leaving a scope has to undo, and where its jumps lead. */
export interface Scope {
  readonly cleanups: Cleanup[];
  readonly breaks?: Exits[];
  readonly continues?: Exits[];
}

interface Label {
  /** -1 where the label is yet to come. */
  readonly node: number;
  readonly waiting: Exits;
  /** Scopes around it, and what the innermost had to undo there. */
  readonly depth: number;
  readonly cleanups: number;
}

const YET_TO_COME: Label = { node: -1, waiting: [], depth: 1, cleanups: Number.POSITIVE_INFINITY };

type Open = { -readonly [K in keyof FlowNode]: FlowNode[K] };

/** Lays nodes one behind another; the exits of what was laid last lead to what is laid next. */
export class FlowBuilder {
  readonly #nodes: Open[] = [];
  readonly #scopes: Scope[] = [];
  readonly #labels = new Map<string, Label>();
  #exits: Exits = [];
  #temporaries = 0;
  /** Where the statement at hand stands. */
  at = 0;

  /** The edges that lead nowhere yet; setting them says where building goes on. */
  get exits(): Exits {
    return this.#exits;
  }

  set exits(exits: Exits) {
    this.#exits = exits;
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** The actions laid from `from` on. */
  actionsFrom(from: number): readonly Action[] {
    return this.#nodes.slice(from).map(({ action }) => action);
  }

  add(action: Action, at = this.at): number {
    const node = this.#nodes.length;
    this.#nodes.push({ action, at, next: -1, otherwise: -1 });
    this.lead(this.#exits, node);
    const ends = action.kind === "return" || action.kind === "stop";
    this.#exits = ends ? [] : [{ node, slot: "next" }];
    return node;
  }

  /** Lays a branch; returns the exits of its two sides. */
  branch(action: Action & { kind: "branch" }): { readonly yes: Exits; readonly no: Exits } {
    const node = this.add(action);
    this.#exits = [];
    return { yes: [{ node, slot: "next" }], no: [{ node, slot: "otherwise" }] };
  }

  lead(exits: Exits, to: number): void {
    for (const { node, slot } of exits) {
      const from = this.#nodes[node];
      if (from) from[slot] = to;
    }
  }

  temporary(): string {
    return `#${++this.#temporaries}`;
  }

  /** Builds inside a scope and runs its cleanups at the end. */
  within(scope: Scope, build: () => void): void {
    this.#scopes.push(scope);
    build();
    this.#runCleanups(scope);
    this.#scopes.pop();
  }

  get scope(): Scope | undefined {
    return this.#scopes.at(-1);
  }

  /** Leaves every scope up to the one that takes the jump, which is returned; all of them where none does. */
  leaveTo(takes: (scope: Scope) => boolean): Scope | undefined {
    for (const scope of [...this.#scopes].reverse()) {
      if (takes(scope)) return scope;
      this.#runCleanups(scope);
    }
    return undefined;
  }

  /** Leaves the scopes that a jump to the label leaves: for one that is yet to come, all but the function's own. */
  leaveFor(name: string): void {
    const { depth, cleanups } = this.#labels.get(name) ?? YET_TO_COME;
    for (const scope of this.#scopes.slice(depth).reverse()) this.#runCleanups(scope);
    const own = this.#scopes[depth - 1];
    for (const { run } of [...(own?.cleanups.slice(cleanups) ?? [])].reverse()) run();
  }

  #runCleanups(scope: Scope): void {
    for (const { run } of [...scope.cleanups].reverse()) run();
  }

  label(name: string): void {
    const node = this.add({ kind: "join" });
    const known = this.#labels.get(name);
    if (known) this.lead(known.waiting, node);
    const [depth, cleanups] = [this.#scopes.length, this.#scopes.at(-1)?.cleanups.length ?? 0];
    this.#labels.set(name, { node, waiting: [], depth, cleanups });
  }

  /** Whether the label stands before this place. */
  isBehind(name: string): boolean {
    return (this.#labels.get(name)?.node ?? -1) >= 0;
  }

  goto(name: string): void {
    const known = this.#labels.get(name) ?? YET_TO_COME;
    if (known.node >= 0) this.lead(this.#exits, known.node);
    else this.#labels.set(name, { ...YET_TO_COME, waiting: [...known.waiting, ...this.#exits] });
    this.#exits = [];
  }

  /** The graph; jumps to labels that never came stop, and are unreadable where the whole function is there. */
  finish(): Flow {
    const lost = [...this.#labels].filter(([, { node }]) => node < 0);
    const isFragment = this.#nodes.some(({ action }) => action.kind === "gap");
    for (const [name, { waiting }] of lost) {
      this.#exits = waiting;
      const at = this.#nodes[waiting[0]?.node ?? -1]?.at ?? this.at;
      if (!isFragment) this.add({ kind: "unreadable", text: `goto ${name}` }, at);
      this.add({ kind: "stop" }, at);
    }
    return { nodes: this.#nodes, entry: 0 };
  }
}
