import { type Lists, listsOf } from "./index/names.ts";

/**
 * What can be asked of a tree: a text to check, a file near others, the functions that one defines, whether some are too
 * large, the sources in a folder, where a folder really is; and what the index has under a name.
 */
export type AskedKind = "text" | "file" | "names" | "size" | "folder" | "place" | "definitions";

/** What some answers were made from: numbers are those of questions, and of answers that others were made from. */
export interface DependencyGraph {
  /** What was asked of the tree: a kind and a name. */
  readonly asked: readonly string[];
  /** The number of each. */
  readonly numbers: Uint32Array;
  /** What the tree said, in short. */
  readonly said: readonly string[];
  /** Of each number, what it depends on; those come before it. */
  readonly on: Lists;
}

const nameOfAsked = (kind: AskedKind, name: string): string => `${kind} ${name}`;

/** What stands in `asked` of a graph. */
export function askedFrom(asked: string): { readonly kind: AskedKind; readonly name: string } {
  const at = asked.indexOf(" ");
  return { kind: asked.slice(0, at) as AskedKind, name: asked.slice(at + 1) };
}

/** Is told what a tree is asked. */
export type Notes = Pick<Dependencies, "note" | "noteAgain">;

/**
 * Notes what answers are made from. One at a time: an answer that is being made depends on all that is asked until it
 * is there.
 */
export class Dependencies {
  readonly #numbers = new Map<string, number>();
  readonly #said = new Map<string, string>();
  readonly #on: (readonly number[])[] = [];
  readonly #open: Set<number>[] = [];
  #isTorn = false;

  /** Whether the tree said different things at different times: nothing that was made from them can be kept. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** @param said what the tree says, in short; asked for once. */
  note(kind: AskedKind, name: string, said: () => string): void {
    const open = this.#open.at(-1);
    if (!open) return;
    const asked = nameOfAsked(kind, name);
    const known = this.#numbers.get(asked);
    if (known === undefined) this.#said.set(asked, said());
    open.add(known ?? this.#number(asked));
  }

  /** The tree was asked once more. */
  noteAgain(kind: AskedKind, name: string, said: () => string): void {
    const before = this.#said.get(nameOfAsked(kind, name));
    if (before !== undefined && before !== said()) this.#isTorn = true;
  }

  #number(asked: string): number {
    const number = this.#add([]);
    this.#numbers.set(asked, number);
    return number;
  }

  #add(on: readonly number[]): number {
    this.#on.push(on);
    return this.#on.length - 1;
  }

  /** An answer that was made before is used. */
  use(answer: number | undefined): void {
    if (answer !== undefined) this.#open.at(-1)?.add(answer);
  }

  begin(): void {
    this.#open.push(new Set());
  }

  /** What the answer depends on that was begun last; undefined for nothing. Who asks for it depends on that, too. */
  end(): number | undefined {
    const on = [...(this.#open.pop() ?? [])];
    const answer = on.length > 1 ? this.#add(on) : on[0];
    this.use(answer);
    return answer;
  }

  get graph(): DependencyGraph {
    const asked = [...this.#numbers.keys()];
    return {
      asked,
      numbers: Uint32Array.from(this.#numbers.values()),
      said: asked.map((each) => this.#said.get(each) ?? ""),
      on: listsOf(this.#on),
    };
  }
}

/** The numbers of a graph that depend on something of which the tree says something else now. */
export function changedIn(
  { asked, numbers, on }: DependencyGraph,
  isChanged: (at: number) => boolean,
): Uint8Array {
  const changed = new Uint8Array(on.from.length - 1);
  for (const [at] of asked.entries()) if (isChanged(at)) changed[numbers[at] ?? 0] = 1;
  for (let number = 0; number < changed.length; number++) {
    const end = on.from[number + 1] ?? 0;
    for (let at = on.from[number] ?? 0; at < end; at++) {
      if (changed[on.all[at] ?? 0]) changed[number] = 1;
    }
  }
  return changed;
}

/** What was made, and its number in the graph; undefined for what depends on nothing. */
export interface Answer<Value> {
  readonly value: Value;
  readonly number: number | undefined;
}

/** Makes an answer, and notes what it depends on. */
export async function answered<Value>(
  dependencies: Dependencies,
  make: () => Promise<Value>,
): Promise<Answer<Value>> {
  dependencies.begin();
  let number: number | undefined;
  let value: Value;
  try {
    value = await make();
  } finally {
    number = dependencies.end();
  }
  return { value, number };
}

/** The same for what is made at once. */
function answeredAtOnce<Value>(dependencies: Dependencies, make: () => Value): Answer<Value> {
  dependencies.begin();
  let number: number | undefined;
  let value: Value;
  try {
    value = make();
  } finally {
    number = dependencies.end();
  }
  return { value, number };
}

/** Answers by their keys, each made once. Who is given one depends on what it was made from. */
export class Remembered<Key, Value> {
  readonly #dependencies: Dependencies | undefined;
  readonly #answers = new Map<Key, Answer<Value>>();

  constructor(dependencies: Dependencies | undefined) {
    this.#dependencies = dependencies;
  }

  get(key: Key, make: () => Value): Value {
    const known = this.#answers.get(key);
    if (known) return this.#used(known);
    const answer = this.#dependencies
      ? answeredAtOnce(this.#dependencies, make)
      : { value: make(), number: undefined };
    this.#answers.set(key, answer);
    return answer.value;
  }

  /** The same for what is not made at once. */
  async later(key: Key, make: () => Promise<Value>): Promise<Value> {
    const known = this.#answers.get(key);
    if (known) return this.#used(known);
    const answer = this.#dependencies
      ? await answered(this.#dependencies, make)
      : { value: await make(), number: undefined };
    this.#answers.set(key, answer);
    return answer.value;
  }

  #used({ value, number }: Answer<Value>): Value {
    this.#dependencies?.use(number);
    return value;
  }

  clear(): void {
    this.#answers.clear();
  }
}
