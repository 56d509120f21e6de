import { lockWordOf } from "../../kernel/lock-name.ts";
import { allowsSleep } from "../../kernel/table/gfp.ts";
import { neverReturns, stopsIf } from "../../kernel/table/never-returns.ts";
import type { Knowledge } from "../knowledge/effect.ts";
import { takesLocks } from "../knowledge/knowledge.ts";
import type { MacroTable } from "../source/macro-table.ts";
import type { MacroText } from "../source/macros.ts";

/**
 * Tells the macros that are read as what they stand for: those that call something which matters to a lock, or may,
 * that sleep, call through a pointer, jump, end a path, open a block, or are flags that let an allocation sleep; and those that are functions which
 * matter where something else is configured. Others are calls of which nothing is known, which costs less.
 */
export function wantedMacros(
  { names, definitionsOf, isTwin }: MacroTable,
  known: Pick<Knowledge, "matters" | "find">,
): (name: string) => boolean {
  const asked = new Map<string, boolean>();
  const isWanted = (name: string): boolean => {
    const before = asked.get(name);
    if (before !== undefined) return before;
    // One that leads back to itself.
    asked.set(name, false);
    const wanted = known.matters(name) ? isTwin(name) : names.has(name) && definitionsOf(name).some(matters);
    asked.set(name, wanted);
    return wanted;
  };
  const matters = ({ name, body = "", parameters = [] }: MacroText): boolean => {
    const text = body.replace(/\\\r?\n/g, " ");
    const words = text.match(/[A-Za-z_]\w*/g) ?? [];
    // Its own definition does not say that it never comes back.
    if (endsPath(name)) return words.some((word) => takesLocks(known as Knowledge, word));
    // What a pasted name is only its use tells.
    if (/\w\s*##|##\s*\w+\s*\(/.test(text) || allowsSleep(text)) return true;
    if (parameters.some((each) => isStatement(each, text)) || callsPointer(text, parameters)) return true;
    return words.some((word) => isLock(word, text) || JUMP.test(word) || isWanted(word)) || !isBalanced(text);
  };
  const isLock = (word: string, text: string) =>
    known.matters(word) ||
    endsPath(word) ||
    ((lockWordOf(word) !== undefined || maySleep(word, known)) && isCallee(word, text));
  return isWanted;
}

const maySleep = (name: string, known: Pick<Knowledge, "find">): boolean =>
  known
    .find(name, [])
    ?.outcomes.some(({ does }) => does.some(({ operation }) => operation.kind === "may-sleep")) === true;

const endsPath = (name: string): boolean => neverReturns(name) || stopsIf(name);

const JUMP = /^(?:return|goto|break|continue)$/;

/** The text calls it, or is nothing else. */
const isCallee = (word: string, text: string): boolean =>
  text.trim() === word || new RegExp(`(?<![\\w.>])${word}\\s*\\(`).test(text);

/** What the parameter is given is run, and may be about a lock. */
const isStatement = (parameter: string, text: string): boolean =>
  /^\w+$/.test(parameter) && new RegExp(`(?:^|[;{})])\\s*${parameter}\\s*;`).test(text);

/** It calls what a member leads to, an entry of an array, or what it is given: who that is the source may tell. */
const callsPointer = (text: string, parameters: readonly string[]): boolean =>
  /(?:->|\.)\s*\w+\s*\)*\s*\(|\]\s*\)*\s*\(/.test(text) ||
  [...text.matchAll(/(?<name>\w+)\s*(?:\)\s*)*\(/g)].some(({ groups }) =>
    parameters.includes(groups?.["name"] ?? ""),
  );

const isBalanced = (text: string): boolean =>
  [...text].reduce((depth, each) => depth + (each === "{" ? 1 : each === "}" ? -1 : 0), 0) === 0;
