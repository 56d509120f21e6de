import { Arms } from "./arms.ts";
import type { Definition, DefinitionKind } from "./facts.ts";
import { type Candidate, type FunctionHead, headAt } from "./head.ts";

/** A definition whose end is not reached. */
interface Open {
  readonly kind: DefinitionKind;
  readonly head: FunctionHead;
  readonly from: number;
  readonly body: number;
  readonly depth: number;
  readonly condition: string;
  readonly calls: Set<string>;
}

type Macro = Pick<Definition, "name" | "parameters" | "from" | "body" | "to" | "calls">;

export type Tag = Pick<Open, "from"> & { readonly kind: "struct" | "union"; readonly name: string };

const LINKAGE = /\bextern\s+"C(?:\+\+)?"\s*$/;

/** Follows the blocks of a text, and what they define: arms of an `#if` begin with the braces that are open before it. */
export class Blocks {
  readonly definitions: Definition[] = [];
  /** Functions that the text declares. */
  readonly declared = new Set<string>();
  readonly arms = new Arms();
  /** Braces that are open. */
  depth = 0;
  /** Braces do not balance, or a head stands in arms of an `#if`. */
  #isTangled = false;
  readonly #text: string;
  readonly #types: Open[] = [];
  #function: Open | undefined;
  /** Blocks of `extern "C"`, which are none of C. */
  #linkages = 0;
  /** Of the statement at file scope: where it begins, which names a parenthesis follows, and what it is. */
  #from = -1;
  #candidates: Candidate[] = [];
  #isData = false;
  #isSplit = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** At file scope a statement goes on at `at`, or begins there. */
  token(at: number): void {
    if (this.#from < 0) this.#from = at;
  }

  /** A call in what is open, or at file scope what may be a head. */
  call(name: string, open: number, isNested: boolean): void {
    if (this.#function) this.#function.calls.add(name);
    else if (this.depth === 0 && !isNested) this.#candidates.push({ name, open });
  }

  assignment(isNested: boolean): void {
    if (this.depth === 0 && !isNested) this.#isData = true;
  }

  statementEnd(): void {
    if (this.depth > 0) return;
    const [first] = this.#candidates;
    if (first && !this.#isData) this.declared.add(first.name);
    this.#reset();
  }

  enter(at: number, tag: Tag | undefined): void {
    if (this.depth === 0 && this.#isLinkage(at)) {
      this.#linkages++;
      this.#reset();
      return;
    }
    if (this.depth === 0) this.#enterTop(at);
    if (tag) {
      const head = { name: tag.name, isStatic: false, parameters: [], annotations: [] };
      this.#types.push(this.#opened(tag.kind, head, tag.from, at));
    }
    this.depth++;
  }

  #enterTop(at: number): void {
    if (this.#isData) return;
    if (this.#from < 0 || (this.#isSplit && this.#candidates.length > 0)) this.#isTangled = true;
    else if (this.#candidates.length > 0) {
      const head = headAt(this.#text, this.#from, at, this.#candidates);
      if (head) this.#function = this.#opened("function", head, this.#from, at);
    }
  }

  #isLinkage(at: number): boolean {
    return (
      this.#candidates.length === 0 && LINKAGE.test(this.#text.slice(Math.max(this.#from, at - 40, 0), at))
    );
  }

  leave(at: number): void {
    if (this.depth === 0 && this.#linkages > 0) this.#linkages--;
    else if (this.depth === 0) this.#isTangled = true;
    else this.#leaveTo(this.depth - 1, at);
  }

  #leaveTo(depth: number, at: number): void {
    this.depth = depth;
    for (let type = this.#types.at(-1); type && type.depth >= depth; type = this.#types.at(-1)) {
      this.#types.pop();
      this.#define(type, at + 1);
    }
    if (depth > 0) return;
    if (this.#function) this.#define(this.#function, at + 1);
    this.#function = undefined;
    this.#reset();
  }

  enterArm(condition: string): void {
    this.arms.enter(condition, this.depth);
  }

  nextArm(condition: string, at: number): void {
    const depth = this.arms.next(condition);
    if (depth === undefined || depth === this.depth) return;
    if (depth === 0 || this.depth === 0) this.#isTangled = true;
    while ((this.#types.at(-1)?.depth ?? -1) >= depth) this.#types.pop();
    if (depth < this.depth) this.depth = depth;
    else this.#leaveTo(depth, at);
  }

  /** Heads go on behind arms of an `#if`, and behind no other directive. */
  directive(isConditional: boolean): void {
    if (this.depth > 0 || this.#from < 0) return;
    if (isConditional) this.#isSplit = true;
    else this.#reset();
  }

  /** What is defined in one piece. */
  macro(kind: DefinitionKind, { from, ...macro }: Macro): void {
    const head = { name: macro.name, isStatic: false, parameters: macro.parameters, annotations: [] };
    const open = this.#opened(kind, head, from, macro.body);
    for (const each of macro.calls) open.calls.add(each);
    this.#define(open, macro.to);
  }

  /** Whether the text is over with nothing open, and was read as it is meant. */
  finish(): boolean {
    return !this.#isTangled && this.depth === 0 && this.arms.count === 0;
  }

  /** A function whose body is all that follows. */
  begin(head: FunctionHead, from: number, body: number): void {
    this.#function = this.#opened("function", head, from, body);
    this.depth = 1;
  }

  end(to: number): readonly Definition[] {
    if (this.#function) this.#define(this.#function, to);
    this.#function = undefined;
    return this.definitions;
  }

  #opened(kind: DefinitionKind, head: FunctionHead, from: number, body: number): Open {
    return { kind, head, from, body, depth: this.depth, condition: this.arms.condition, calls: new Set() };
  }

  #define({ kind, head, from, body, condition, calls }: Open, to: number): void {
    this.definitions.push({ kind, ...head, from, to, body, condition, calls: [...calls] });
  }

  #reset(): void {
    this.#from = -1;
    this.#candidates = [];
    this.#isData = false;
    this.#isSplit = false;
  }
}
