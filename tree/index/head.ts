import { blankOpaque, headsBefore, parenthesisEnd } from "../../model/c/source/index.ts";

/** What the head of a function says. */
export interface FunctionHead {
  readonly name: string;
  readonly isStatic: boolean;
  readonly parameters: readonly string[];
  readonly annotations: readonly string[];
}

/** A name that an opening parenthesis follows, in a head. */
export interface Candidate {
  readonly name: string;
  /** Of the parenthesis. */
  readonly open: number;
}

/** Characters; what is longer is no head that a person has written. */
const MAX_HEAD = 20_000;

/** A macro may write a head, and an annotation may look like one. */
const PLAIN = /^(?!__|(?:void|bool|char|int|long|short|unsigned|typeof)$)\w*[a-z]/;

/** Reads the head that stands before a body; undefined for none. Most heads have one name alone. */
export function headAt(
  text: string,
  from: number,
  body: number,
  candidates: readonly Candidate[],
): FunctionHead | undefined {
  const [only] = candidates;
  if (body - from > MAX_HEAD) return undefined;
  const head = text.slice(from, body);
  if (only && candidates.length === 1 && PLAIN.test(only.name))
    return headOf(only.name, head, only.open - from);
  const plain = blankOpaque(head);
  const [found] = headsBefore(plain, { region: 0, last: 0, open: plain.length });
  return found && namedHead(found.name, found.text);
}

/** @param head without comments. */
export function namedHead(name: string, head: string): FunctionHead {
  if (head.length > MAX_HEAD) return { name, isStatic: false, parameters: [], annotations: [] };
  const call = new RegExp(`\\b${name.replace(/^sys_/, "(?:sys_)?")}\\s*\\)*\\s*[(,]`).exec(head);
  return headOf(name, head, call ? call.index + call[0].length - 1 : head.length);
}

function headOf(name: string, head: string, open: number): FunctionHead {
  const end = parenthesisEnd(head, open + 1);
  return {
    name,
    isStatic: STATIC.test(head.slice(0, open)),
    parameters: end < 0 ? [] : parametersIn(head.slice(open + 1, end)),
    annotations: ANNOTATED.test(head) ? annotationsOf(head) : [],
  };
}

const STATIC = /\bstatic\b/;
const ANNOTATED = /\b__(?:acquire|release|must_hold|cond_|no_context)/;
const ANNOTATION = /\b__(?:acquire|release|must_hold|cond_|no_context)\w*(?:\s*\((?:[^()]|\([^()]*\))*\))?/g;

const annotationsOf = (head: string): readonly string[] =>
  Array.from(head.matchAll(ANNOTATION), ([each]) => each.replace(/\s+/g, " "));

/** As declared, with single spaces; none for `void`. */
export function parametersIn(list: string): readonly string[] {
  const plain = (list.includes("/") ? blankOpaque(list) : list).replace(/\s+/g, " ").trim();
  if (plain === "" || plain === "void") return [];
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29) depth--;
    else if (code === 0x2c && depth === 0) {
      parts.push(plain.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, plain.slice(start).trim()];
}
