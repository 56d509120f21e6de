import { parenthesisEnd } from "../../model/c/source/index.ts";

/**
 * What a function's body evaluates whenever it is called and nothing is wrong: its statements and conditions outside
 * of branches and loops, up to the first exit that may be an ordinary one.
 */
export function mainPath(body: string): readonly string[] {
  const pieces: string[] = [];
  let at = body.indexOf("{") + 1;
  const end = body.lastIndexOf("}");
  while (at < end) {
    at = skipBlank(body, at);
    if (at >= end) break;
    const word = /^[A-Za-z_]\w*/.exec(body.slice(at, at + 80))?.[0] ?? "";
    if (body[at] === "#") at = endOfLine(body, at);
    else if (body[at] === "{" || body[at] === "}") at++;
    else if (word === "if") {
      const { condition, from, to } = conditional(body, at);
      pieces.push(always(condition));
      if (leaves(body.slice(from, to)) && !isFailure(condition, body.slice(from, to))) return pieces;
      at = Math.max(to, at + 1);
    } else if (ENDLESS.test(body.slice(at, at + 80))) {
      at = parenthesisEnd(body, body.indexOf("(", at) + 1) + 1;
    } else if (LOOPS.has(word) || /^\w+\s*\([^;]*\)\s*\{/.test(statementHead(body, at))) {
      at = Math.max(afterControlled(body, at + word.length), at + 1);
    } else if (word === "do" || word === "else") at += word.length;
    else if (/^\w+\s*:(?!:)/.test(body.slice(at, at + 80))) at = body.indexOf(":", at) + 1;
    else {
      const to = endOfStatement(body, at);
      pieces.push(always(body.slice(at, to)));
      if (/^(?:return|goto|break|continue)\b/.test(word)) return pieces;
      at = Math.max(to, at + 1);
    }
  }
  return pieces;
}

/** A loop whose body is entered. */
const ENDLESS = /^(?:while\s*\(\s*(?:1|true)\s*\)|for\s*\(\s*;\s*;\s*\))/;

const LOOPS: ReadonlySet<string> = new Set(["for", "while", "switch"]);

const statementHead = (text: string, at: number): string => {
  const open = /^\w+\s*\(/.exec(text.slice(at, at + 80));
  if (!open) return "";
  const close = parenthesisEnd(text, at + open[0].length);
  return close < 0 ? "" : `${open[0]})${text.slice(close + 1, close + 20)}`;
};

/** An `if` with its branches, those of its `else` too. */
function conditional(text: string, at: number) {
  const open = text.indexOf("(", at);
  const close = parenthesisEnd(text, open + 1);
  if (open < 0 || close < 0) return { condition: "", from: text.length, to: text.length };
  let to = endOfBranch(text, close + 1);
  for (let next = skipBlank(text, to); text.startsWith("else", next); next = skipBlank(text, to)) {
    const behind = skipBlank(text, next + 4);
    to = /^if\b/.test(text.slice(behind, behind + 4))
      ? conditional(text, behind).to
      : endOfBranch(text, next + 4);
  }
  return { condition: text.slice(open + 1, close), from: close + 1, to };
}

const afterControlled = (text: string, at: number): number => {
  const open = text.indexOf("(", at);
  const close = parenthesisEnd(text, open + 1);
  return close < 0 ? text.length : endOfBranch(text, close + 1);
};

function endOfBranch(text: string, from: number): number {
  const at = skipBlank(text, from);
  if (text[at] === "{") return matching(text, at) + 1;
  if (/^if\b/.test(text.slice(at, at + 4))) return conditional(text, at).to;
  if (/^(?:for|while|switch)\b/.test(text.slice(at, at + 8))) return afterControlled(text, at);
  return endOfStatement(text, at);
}

function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

function endOfStatement(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? "";
    if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter)) depth--;
    else if (letter === ";" && depth <= 0) return at + 1;
    if (depth < 0) return at;
  }
  return text.length;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "x")) at++;
  return at;
}

const endOfLine = (text: string, from: number): number => {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
};

/** What is evaluated of an expression whatever its parts come to. */
const always = (text: string): string => /^[\s\S]*?(?=&&|\|\||\?|$(?![\s\S]))/.exec(text)?.[0] ?? text;

const leaves = (controlled: string): boolean => /\b(?:return|goto)\b/.test(controlled);

const ABOUT_CONTEXT = /wait|sync|block|sleep|atomic|poll|gfp/i;

/** Conditions that hold where something is missing or has failed; so does one that leads to an error. */
function isFailure(condition: string, controlled: string): boolean {
  if (ABOUT_CONTEXT.test(condition)) return false;
  if (/\breturn\s+(?:ERR_PTR\s*\()?\s*-E(?!AGAIN|BUSY|WOULDBLOCK|CHILD)/.test(controlled)) return true;
  const plain = condition.replace(HARMLESS, "");
  if (/\w\s*\(|--|\+\+|[^&]&[^&]/.test(plain)) return false;
  return !/flag|irq|lock|count|users|ref|cached|fast|state|current|done|dead/i.test(plain);
}

const HARMLESS = /\b(?:likely|unlikely|IS_ERR\w*|PTR_ERR\w*|WARN\w*|VM_WARN\w*|IS_ENABLED|ERR_PTR)\b/g;
