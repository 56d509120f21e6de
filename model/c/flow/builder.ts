import { NotModelled } from "../../not-modelled.ts";
import type { CallExpr } from "../syntax/ast.ts";
import type { Action, Flow, FlowNode, UnknownCall } from "./graph.ts";

/** Ten times as many as are searched: to lay more takes time for nothing. */
const MAX_NODES = 20_000;

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
  /** Of an inlined body: where its returns lead. */
  readonly returns?: Exits[];
}

interface Label {
  readonly node: number;
  /** The scopes around it, and what the innermost had to undo there. */
  readonly scopes: readonly Scope[];
  readonly cleanups: number;
}

/** A jump to a label that is yet to come: which scopes it leaves is known once the label is there. */
interface Waiting {
  readonly exits: Exits;
  readonly at: number;
  readonly scopes: readonly Scope[];
  readonly lay: () => void;
}

/** The call in whose place a body is laid. */
interface CallPlace {
  readonly callee: string;
  /** Where the call stands that the source's function writes. */
  readonly at: number;
}

type Laid = Pick<Action & { kind: "behind" }, "name" | "tellsAll"> & { readonly tellsGuesses?: true };

/** What a name of an inlined body ends with: no other place of the program has the same number. */
export const SUFFIX = "__in";

/** A text of an inlined body as its function writes it. */
export const asInSource = (text: string): string => text.replace(/__in\d+\b/g, "");

type Open = { -readonly [K in keyof FlowNode]: FlowNode[K] };

/** Lays nodes one behind another; the exits of what was laid last lead to what is laid next. */
export class FlowBuilder {
  readonly #nodes: Open[] = [];
  readonly #unknown: UnknownCall[] = [];
  readonly #scopes: Scope[] = [];
  readonly #labels = new Map<string, Label>();
  readonly #waiting = new Map<string, Waiting[]>();
  /** Variables of which it is noted whether allocations with these flags sleep. */
  readonly flags = new Set<string>();
  #exits: Exits = [];
  #temporaries = 0;
  #place: CallPlace | undefined;
  /** The edges that lead to the labels of switches. */
  readonly cases = new Map<object, Exits>();
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

  /** Whether what is laid so far leaves out lines that a patch does not show. */
  get hasGap(): boolean {
    return this.#nodes.some(({ action }) => action.kind === "gap");
  }

  /** The actions laid from `from` on. */
  actionsFrom(from: number): readonly Action[] {
    return this.#nodes.slice(from).map(({ action }) => action);
  }

  add(action: Action, at = this.at): number {
    const node = this.#nodes.length;
    if (node === MAX_NODES) throw new NotModelled({ kind: "too many steps", most: MAX_NODES });
    const place = this.#place;
    const edges = { next: -1, otherwise: -1, ...(place && { callee: place.callee }) };
    this.#nodes.push({ action: this.#placed(action), at: place?.at ?? at, ...edges });
    this.lead(this.#exits, node);
    const ends = action.kind === "return" || action.kind === "stop";
    this.#exits = ends ? [] : [{ node, slot: "next" }];
    return node;
  }

  /** Notes a call that is no step: it stands before what is laid next. */
  noteUnknown(call: Omit<UnknownCall, "next">): void {
    this.#unknown.push({ ...call, next: this.#nodes.length });
  }

  /** What a callee decides says so. */
  #placed(action: Action): Action {
    if (!this.#place || action.kind !== "branch") return action;
    return { ...action, text: `${asInSource(action.text)} in ${this.#place.callee}()` };
  }

  /** Lays the body of a callee in the place of its call; its returns lead behind it. */
  inPlaceOf({ name, tellsGuesses, tellsAll }: Laid, { args, at }: CallExpr, build: () => void): void {
    const outside = { place: this.#place, at: this.at };
    const scope = { cleanups: [], returns: [] as Exits[] };
    this.#place = { callee: name, at: this.#place?.at ?? at };
    this.within(scope, () => this.within({ cleanups: [] }, build));
    this.#place = outside.place;
    this.at = outside.at;
    this.#exits = [...this.#exits, ...scope.returns.flat()];
    const isOutermost = outside.place === undefined;
    const behind: Action = { kind: "behind", name, args, isOutermost, ...(tellsAll && { tellsAll }) };
    if (tellsGuesses) this.add(behind, outside.place?.at ?? at);
  }

  /** Leaves the body that is laid in the place of a call. */
  returnToCaller(): void {
    this.leaveTo(({ returns }) => returns !== undefined)?.returns?.push(this.#exits);
    this.#exits = [];
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

  #runCleanups(scope: Scope): void {
    for (const { run } of [...scope.cleanups].reverse()) run();
  }

  label(name: string): void {
    this.#exits = [
      ...(this.#waiting.get(name) ?? []).flatMap((each) => this.#arrivals(each)),
      ...this.#exits,
    ];
    this.#waiting.delete(name);
    const node = this.add({ kind: "join" });
    const cleanups = this.#scopes.at(-1)?.cleanups.length ?? 0;
    this.#labels.set(name, { node, scopes: [...this.#scopes], cleanups });
  }

  /** Lays what a jump to the label at hand does on its way. */
  #arrivals({ exits, at, scopes, lay }: Waiting): Exits {
    const [here, behind] = [this.at, this.#exits];
    this.#exits = exits;
    this.at = at;
    this.#leave(scopes, this.#scopes);
    lay();
    const arrivals = this.#exits;
    this.#exits = behind;
    this.at = here;
    return arrivals;
  }

  /** Leaves those scopes that are not around the target. */
  #leave(from: readonly Scope[], target: readonly Scope[]): void {
    const left = from.filter((scope) => !target.includes(scope));
    for (const scope of left.reverse()) this.#runCleanups(scope);
  }

  /** Whether the label stands before this place. */
  isBehind(name: string): boolean {
    return this.#labels.has(name);
  }

  /** Jumps to the label; `lay` adds what shows the jump, behind what the scopes that it leaves undo. */
  goto(name: string, lay: () => void): void {
    const known = this.#labels.get(name);
    if (known) {
      this.#leave(this.#scopes, known.scopes);
      const undone = known.scopes.at(-1)?.cleanups.slice(known.cleanups) ?? [];
      for (const { run } of [...undone].reverse()) run();
      lay();
      this.lead(this.#exits, known.node);
    } else {
      const jump = { exits: this.#exits, at: this.at, scopes: [...this.#scopes], lay };
      const others = this.#waiting.get(name);
      if (others) others.push(jump);
      else this.#waiting.set(name, [jump]);
    }
    this.#exits = [];
  }

  /** The graph; jumps to labels that never came stop, and are unreadable where the whole function is there. */
  finish(): Flow {
    const isFragment = this.#nodes.some(({ action }) => action.kind === "gap");
    for (const [name, jumps] of this.#waiting) {
      this.#exits = jumps.flatMap((jump) => this.#arrivals({ ...jump, scopes: [] }));
      const at = jumps[0]?.at ?? this.at;
      if (!isFragment) this.add({ kind: "unreadable", text: `goto ${name}` }, at);
      this.add({ kind: "stop" }, at);
    }
    return { nodes: this.#nodes, entry: 0, unknown: this.#unknown };
  }
}
