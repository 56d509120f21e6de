import { isReleaseStatement, type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { type CallText, type MacroText, macrosIn, splitTop, type Unit } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";

/** Macros of a source whose text takes or releases a lock, or may. */
export function lockingMacros({ text }: Pick<Unit, "text">, known: Knowledge): readonly MacroText[] {
  const isLock = (name: string) => takesLocks(known, name) || lockWordOf(name) !== undefined;
  return macrosIn(text).filter(({ name, body = "" }) => {
    if (known.matters(name)) return false;
    return (body.match(/[A-Za-z_]\w*/g) ?? []).some(isCallee(body, isLock));
  });
}

/** An identifier that the text calls, or that is all of the text. */
const isCallee =
  (body: string, isLock: (name: string) => boolean) =>
  (name: string): boolean =>
    isLock(name) && (body.trim() === name || new RegExp(`\\b${name}\\s*\\(`).test(body));

/** A type, a name and parameters before a block: what the macro stands for is a function. */
const FUNCTION = /(?:^|[;}\s])(?!else\b|return\b)[A-Za-z_]\w*[\s*]+(?:\w|##)+\s*\([^{};]*\)\s*\{/;

/** Macros that make functions which take locks: `file:line: what was not read`. */
export const functionMacroBounds = (
  file: string,
  { lines }: Unit,
  macros: readonly MacroText[],
): readonly string[] =>
  macros.flatMap(({ name, body = "", at }) =>
    FUNCTION.test(body.replace(/\\\r?\n/g, " "))
      ? [`${file}:${lines.lineAt(at)}: macro ${name} makes a function that takes locks: it was not read`]
      : [],
  );

/** Whether a call is of a macro that is not in sight, and given a call without a value: it runs that when it likes. */
export const runsReleases = ({ name, arguments: given }: CallText, known: Knowledge): boolean =>
  given.includes("(") &&
  !known.matters(name) &&
  splitTop(given).some((arg) => isReleaseStatement(known, /^(\w+)\(/.exec(arg)?.[1] ?? ""));
