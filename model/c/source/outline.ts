import { add } from "../../multimap.ts";
import { DIRECTIVE } from "./text.ts";

/** Where a text defines a function, as the lines show it that begin at the margin. */
interface Definition extends Part {
  readonly isStatic: boolean;
}

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The functions of a text, and what they call; each is looked at when it is asked for. */
export class Outline {
  readonly #text: string;
  readonly #heads: ReadonlyMap<string, readonly Head[]>;
  readonly #found = new Map<string, readonly Definition[]>();
  readonly #calls = new Map<string, readonly string[]>();
  #directives: readonly Part[] | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#heads = headsIn(text);
  }

  /** What it may define; some may only be declared. */
  get names(): Iterable<string> {
    return this.#heads.keys();
  }

  get isEmpty(): boolean {
    return ![...this.#heads.keys()].some((name) => this.defines(name));
  }

  /** Whether it defines a function of this name, which is static or not as wanted. */
  defines(name: string, isStatic?: boolean): boolean {
    return this.#definitionsOf(name).some((each) => isStatic === undefined || each.isStatic === isStatic);
  }

  #definitionsOf(name: string): readonly Definition[] {
    const known =
      this.#found.get(name) ??
      (this.#heads.get(name) ?? []).flatMap((head) => definitionAt(this.#text, head));
    this.#found.set(name, known);
    return known;
  }

  /** Undefined for a name that it defines no function of. */
  callsOf = (name: string): readonly string[] | undefined => {
    const definitions = this.#definitionsOf(name);
    if (definitions.length === 0) return undefined;
    const known =
      this.#calls.get(name) ??
      definitions
        .flatMap(({ from, to }) => this.#text.slice(from, to).match(CALL) ?? [])
        .filter((each) => each !== name);
    this.#calls.set(name, known);
    return known;
  };

  /** Its characters, of all its definitions. */
  sizeOf = (name: string): number =>
    this.#definitionsOf(name).reduce((sum, { from, to }) => sum + to - from, 0);

  /** The functions of these names, and those of the text that they come to call, as far as they are `wanted`. */
  reached(names: readonly string[], wanted: (name: string) => boolean): readonly string[] {
    const reached = new Set(names.filter((name) => this.defines(name)));
    const most = reached.size + MAX_FUNCTIONS;
    for (const name of reached) {
      for (const called of this.callsOf(name) ?? []) {
        if (reached.size < most && this.defines(called) && wanted(called)) reached.add(called);
      }
    }
    return [...reached];
  }

  /** What stands before the body of a function; of the first of several. */
  headOf(name: string): string {
    const [first] = this.#definitionsOf(name);
    if (!first) return "";
    const bodyAt = this.#text.indexOf("{", first.from);
    return this.#text.slice(first.from, bodyAt < 0 ? first.to : Math.min(bodyAt, first.to));
  }

  /** These functions and the directives of the text, on the lines where they stand. */
  excerpt(names: readonly string[]): string {
    this.#directives ??= directivesIn(this.#text);
    const functions = names.flatMap((name) => this.#definitionsOf(name));
    return excerptOf(this.#text, [...functions, ...this.#directives]);
  }
}

const CALL = /\b[A-Za-z_]\w*(?=[ \t]*\()/g;
/** Functions that some lead to within their file; of more, the farther ones are left out. */
const MAX_FUNCTIONS = 40;

const HEAD = /^[A-Za-z_][^\n;{}()]*\(/gm;
/** The first line of a head that stands on two. */
const TYPE = /^[A-Za-z_][\w \t*]*$/;
/** A longer list of parameters is none. */
const MAX_HEAD = 2000;

interface Head {
  readonly from: number;
  /** Behind its opening parenthesis. */
  readonly to: number;
}

/** Reading the text in full takes ten times as long. What is not laid out as kernel C is, is not found. */
function headsIn(text: string): ReadonlyMap<string, readonly Head[]> {
  const found = new Map<string, Head[]>();
  for (const { 0: head, index } of text.matchAll(HEAD)) {
    const name = lastWord(head);
    if (name !== "") add(found, name, { from: index, to: index + head.length });
  }
  return found;
}

/** The word before a parenthesis. By no regular expression: lines may be as long as files. */
function lastWord(head: string): string {
  let to = head.length - 1;
  while (/[ \t]/.test(head[to - 1] ?? "")) to--;
  let from = to;
  while (/\w/.test(head[from - 1] ?? "")) from--;
  return head.slice(from, to);
}

function definitionAt(text: string, head: Head): readonly Definition[] {
  const to = endOf(text, head.to);
  if (to === undefined) return [];
  const before = text.slice(text.lastIndexOf("\n", head.from - 2) + 1, Math.max(0, head.from - 1));
  const from = TYPE.test(before) ? head.from - before.length - 1 : head.from;
  return [{ from, to, isStatic: /\bstatic\b/.test(text.slice(from, head.to)) }];
}

/** Undefined for what is only declared. */
function endOf(text: string, from: number): number | undefined {
  const at = text.slice(from, from + MAX_HEAD).search(/[{;]/);
  if (at < 0 || text[from + at] === ";") return undefined;
  const lineEnd = text.indexOf("\n", from + at);
  const line = text.slice(from + at, lineEnd < 0 ? text.length : lineEnd);
  if (line.split("{").length === line.split("}").length) return from + at + line.length;
  const end = text.indexOf("\n}", from + at);
  return end < 0 ? undefined : end + 2;
}

const directivesIn = (text: string): readonly Part[] =>
  [...text.matchAll(DIRECTIVE)].map(({ 0: line, index }) => ({ from: index, to: index + line.length }));

function excerptOf(text: string, unordered: readonly Part[]): string {
  const parts = [...unordered].sort((one, other) => one.from - other.from);
  let excerpt = "";
  let at = 0;
  for (const { from, to } of parts) {
    if (to <= at) continue;
    excerpt += `${"\n".repeat(linesIn(text, at, from))}${text.slice(Math.max(at, from), to)}`;
    at = to;
  }
  return `${excerpt}\n`;
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
