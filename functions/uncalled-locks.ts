import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { type LockWord, lockWordOf } from "../model/kernel/lock-name.ts";

/** A name that says that a lock is taken or released where no call of C stands. */
export interface UncalledLock {
  /** As it is to be named: `asm(_raw_spin_lock)`, `LOCK_BOX`. */
  readonly name: string;
  readonly at: number;
  /** Behind the statement, without its semicolon. */
  readonly end: number;
  readonly word: LockWord;
}

/** What assembly calls, and macros without arguments that no definition in sight explains, in the order of the text. */
export function uncalledLocks(
  { text, macros }: Pick<Unit, "text" | "macros">,
  { bodyStart, bodyEnd }: Pick<UnitFunction, "bodyStart" | "bodyEnd">,
): readonly UncalledLock[] {
  const body = text.slice(bodyStart, bodyEnd);
  const found = [...inAssembly(body), ...inMacros(body).filter(({ name }) => !macros.names.has(name))];
  return found
    .map((each) => ({ ...each, at: bodyStart + each.at, end: bodyStart + each.end }))
    .sort((one, other) => one.at - other.at);
}

const ASSEMBLY = /\b(?:__)?asm(?:__)?\b[\s\w]*\((?:[^()"]|"[^"]*"|\((?:[^()"]|"[^"]*")*\))*\)/g;

/** x86 locks the bus for one instruction by a prefix. */
const PREFIX = /^lock$|^LOCK_PREFIX/;

function inAssembly(body: string): readonly UncalledLock[] {
  return [...body.matchAll(ASSEMBLY)].flatMap(({ 0: statement, index }) => {
    const strings = statement.match(/"[^"]*"/g) ?? [];
    const names = strings.flatMap((each) => each.match(/[A-Za-z_]\w*/g) ?? []);
    return names.flatMap((name) => {
      const word = PREFIX.test(name) ? undefined : lockWordOf(name);
      return word ? [{ name: `asm(${name})`, at: index, end: index + statement.length, word }] : [];
    });
  });
}

/** Blanks are read once: looked for from behind, each of many would be read again and again. */
const STATEMENT = /(?:[;{}:)]\s*|\belse\s+)([A-Z_][A-Z0-9_]*)(?=\s*;)/g;

function inMacros(body: string): readonly UncalledLock[] {
  return [...body.matchAll(STATEMENT)].flatMap(({ 0: whole, 1: name = "", index }) => {
    const word = lockWordOf(name);
    const end = index + whole.length;
    return word ? [{ name, at: end - name.length, end, word }] : [];
  });
}
