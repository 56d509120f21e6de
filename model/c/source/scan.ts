import { headsBefore } from "./head.ts";
import { blank } from "./text.ts";

/** A function definition as the light scanner finds it; offsets into the scanned text. */
export interface FunctionText {
  readonly name: string;
  /** From the first token of the head up to the body's brace. */
  readonly start: number;
  /** The head's text; of several in arms of an `#if`, the one that has this name. */
  readonly headText: string;
  /** The body with its braces. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** The body's text, where it is not all that stands between its ends: arms of an `#if` may each open one. */
  readonly body?: string;
}

/** A part of a text that was not read as it is meant, perhaps. */
export interface Gap {
  /** A comment or a block that is not closed, braces that do not balance, a block with no head that is understood, C in another file. */
  readonly what: "comment" | "block" | "braces" | "head" | "include";
  readonly from: number;
  readonly to: number;
  /** What shows it. */
  readonly at: number;
}

export interface Scanned {
  readonly functions: readonly FunctionText[];
  readonly gaps: readonly Gap[];
}

/**
 * Finds the function definitions of a text whose comments are blanked, by braces alone. Braces in
 * alternative arms of an #if count once. Where they don't balance, a brace in column 0 ends a
 * function, as the kernel's style has it, and a head that begins there with one below it begins one.
 */
export function scanText(text: string): Scanned {
  const strict = new Scanner(text, false);
  strict.scan();
  if (!strict.isTangled) return strict;
  const byColumn = new Scanner(text, true);
  byColumn.scan();
  return byColumn;
}

export const scanFunctions = (text: string): readonly FunctionText[] => scanText(text).functions;

const TOKEN = /[{};]|^[ \t]*#[ \t]*(\w*)(?:\\\r?\n|[^\n])*/gm;
/** What stands before the members of a type, and before those of a variable's value. */
const DATA =
  /^\W*(?:(?:typedef|static|const|extern|volatile)\s+)*(?:struct|union|enum)\b|(?:^|[^=!<>])=(?!=)/;
const LINKAGE = /\bextern\s+"C(?:\+\+| {2})?"\s*$/;

/** A type and a name in column 0. */
const COLUMN_HEAD = /^\s*\n(?!(?:if|else|for|while|do|switch|return)\b)[A-Za-z_][\w\s*]*[\s*]\w+\s*\(/;

/** A block at file scope that is not closed yet. */
interface Open {
  /** Where its head may begin: behind the last statement or block, and behind the last directive. */
  readonly region: number;
  readonly last: number;
  readonly at: number;
  /** How many #ifs are open around its brace. */
  readonly arms: number;
}

/** One that an arm of an #if opened, while the next arm begins without it. */
interface Suspended extends Open {
  readonly depth: number;
  /** Where its arm ends, and where the #if does: between these stand the other arms. */
  readonly until: number;
  resume?: number;
}

class Scanner {
  readonly functions: FunctionText[] = [];
  readonly gaps: Gap[] = [];
  /** Braces do not balance: columns may tell more. */
  isTangled = false;
  readonly #text: string;
  readonly #byColumn: boolean;
  /** The depth at which each open #if stands. */
  readonly #arms: number[] = [];
  #suspended: Suspended[] = [];
  #open: Open | undefined;
  #depth = 0;
  /** Behind the last block at file scope. */
  #boundary = 0;
  /** Behind the last statement or block at file scope, and behind the last directive. */
  #region = 0;
  #last = 0;
  /** Behind the last statement, block or directive at any depth. */
  #latest = 0;
  /** Where the block was closed in an arm of an #if; -1 where it was not. */
  #closed = -1;
  #linkage = 0;
  #unbalanced = false;

  constructor(text: string, byColumn: boolean) {
    this.#text = text;
    this.#byColumn = byColumn;
  }

  scan(): void {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(this.#text); match; match = TOKEN.exec(this.#text)) {
      const { 0: token, 1: word = "", index: at } = match;
      if (token === "{") this.#enter(at);
      else if (token === "}") this.#leave(at);
      else if (token !== ";") this.#direct(word, at, at + token.length);
      else if (this.#depth === 0 && this.#closed < 0) this.#goOn(at + 1);
      this.#latest = at + token.length;
    }
    this.#end();
  }

  #enter(at: number): void {
    if (this.#depth > 0 && this.#text[at - 1] === "\n" && this.#opensFunction(at)) {
      this.isTangled = true;
      if (this.#byColumn) {
        this.#unbalanced = true;
        this.#finish(this.#latest);
        this.#depth = 0;
      }
    }
    if (this.#depth > 0) this.#depth++;
    else if (LINKAGE.test(this.#text.slice(this.#last, at))) {
      this.#linkage++;
      this.#goOn(at + 1);
    } else {
      if (this.#closed >= 0) this.#finish(this.#closed);
      this.#open = { region: this.#region, last: this.#last, at, arms: this.#arms.length };
      this.#depth = 1;
    }
  }

  /** Whether a head stands before a brace, from column 0 on, though a function is open. */
  #opensFunction(at: number): boolean {
    if (!COLUMN_HEAD.test(this.#text.slice(this.#latest, at))) return false;
    return headsBefore(this.#text, { region: this.#latest, last: this.#latest, open: at }).length > 0;
  }

  #leave(at: number): void {
    if (this.#depth === 0) {
      this.#leaveNothing(at + 1);
      return;
    }
    const ends = this.#byColumn && this.#text[at - 1] === "\n";
    if (ends && this.#depth > 1) this.#unbalanced = true;
    this.#depth = ends ? 0 : this.#depth - 1;
    if (this.#depth > 0) return;
    if (this.#open && this.#arms.length > this.#open.arms) this.#closed = at + 1;
    else this.#finish(at + 1);
  }

  #leaveNothing(end: number): void {
    if (this.#linkage > 0) this.#linkage--;
    else if (this.#closed < 0) this.#gap("braces", this.#boundary, end, end - 1);
    if (this.#closed < 0) this.#boundary = end;
    this.#goOn(end);
  }

  #direct(word: string, at: number, end: number): void {
    if (word.startsWith("if")) this.#arms.push(this.#depth);
    else if (word.startsWith("el")) this.#nextArm(at);
    else if (word === "endif") this.#endArms(end);
    else if (this.#depth === 0 && this.#closed < 0) this.#region = end;
    if (this.#depth === 0 && this.#closed < 0) this.#last = end;
  }

  /** Each arm of an #if starts at the depth that the #if stands at. */
  #nextArm(at: number): void {
    const depth = this.#arms.at(-1);
    if (depth === undefined) return;
    const open = this.#open;
    if (open && depth === 0 && this.#depth > 0 && open.arms === this.#arms.length) {
      this.#suspended.push({ ...open, depth: this.#depth, until: at });
      this.#open = undefined;
      this.#region = at;
    }
    this.#depth = depth;
  }

  #endArms(end: number): void {
    this.#arms.pop();
    for (const each of this.#suspended) if (each.arms > this.#arms.length) each.resume ??= end;
    if (this.#closed >= 0 && this.#depth === 0 && this.#arms.length <= (this.#open?.arms ?? 0))
      this.#finish(this.#closed);
    const left = this.#open ? undefined : this.#suspended.at(-1);
    if (this.#depth > 0 || !left || left.arms <= this.#arms.length) return;
    // The last arm opened nothing: what follows belongs to the block of another arm.
    this.#suspended.pop();
    this.#open = left;
    this.#depth = left.depth;
  }

  #finish(end: number): void {
    const rest = this.#suspended.filter(({ arms }) => arms <= this.#arms.length);
    const others = this.#suspended.filter(({ arms }) => arms > this.#arms.length);
    for (const each of [...others, ...(this.#open ? [this.#open] : [])]) this.#add(each, end);
    this.#suspended = rest;
    this.#open = undefined;
    this.#closed = -1;
    this.#unbalanced = false;
    this.#boundary = end;
    this.#goOn(end);
  }

  #add(open: Open | Suspended, bodyEnd: number): void {
    const { region, last, at: bodyStart } = open;
    const heads = headsBefore(this.#text, { region, last, open: bodyStart });
    const hasOthers = "until" in open && open.resume !== undefined;
    const body = hasOthers ? { body: withoutArms(this.#text, open, bodyEnd) } : {};
    for (const { name, start, text: headText } of heads)
      this.functions.push({ name, start, headText, bodyStart, bodyEnd, ...body });
    if (heads.length === 0 && !DATA.test(this.#text.slice(last, bodyStart)))
      this.#gap("head", bodyStart, bodyEnd, bodyStart);
    if (heads.length > 0 && this.#unbalanced)
      this.#gap("braces", heads[0]?.start ?? bodyStart, bodyEnd, bodyEnd - 1);
  }

  #gap(what: Gap["what"], from: number, to: number, at: number): void {
    this.gaps.push({ what, from, to, at });
  }

  #goOn(from: number): void {
    this.#region = from;
    this.#last = from;
  }

  #end(): void {
    if (this.#closed >= 0) this.#finish(this.#closed);
    const open = this.#open ?? this.#suspended[0];
    if (!open) return;
    this.isTangled = true;
    const from = open.last + Math.max(0, this.#text.slice(open.last).search(/\S/));
    this.#gap("block", from, this.#text.length, from);
  }
}

/** A body that an arm of an #if opened, without what stands between the end of its arm and that of the #if. */
function withoutArms(text: string, { at, until, resume = until }: Suspended, end: number): string {
  return text.slice(at, until) + blank(text.slice(until, resume)) + text.slice(resume, end);
}
