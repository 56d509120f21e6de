import type { Subject } from "./subject.ts";

export interface Variable {
  readonly name: string;
  /** As a parameter. */
  readonly declaration: string;
}

const TYPE = /(?:const )?(?:(?:struct|enum|union) \w+|unsigned (?:long|int)|int|long|bool|\w+_t|[su]\d+)/;
export const isConstant = (word: string): boolean => CONSTANT.test(word);
const CONSTANT = /^(?:\d\w*|[A-Z_][A-Z0-9_]*|true|false)$/;

/**
 * The variables of a function that some expressions read, where the type of each is plain to see; undefined
 * where one's is not. What the file declares before the function needs no handing over.
 */
export function handed(
  subject: Subject,
  expressions: readonly string[],
  at: number,
): readonly Variable[] | undefined {
  const names = new Set(expressions.flatMap(variablesIn));
  const found = [...names].map((name) => variableOf(subject, name, at));
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? []);
}

/** Words that are no members, calls or constants. */
const variablesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/(?<![\w.]|->)[A-Za-z_]\w*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !isConstant(name));

/** An empty list for a global. */
function variableOf({ code, in: each }: Subject, name: string, at: number): Variable | [] | undefined {
  const own = `${each.head}\n${code.slice(each.start, at)}`;
  const declared = new RegExp(`(?<![\\w])(${TYPE.source} \\**)${name}(?= ?[,;=)])`).exec(own)?.[1];
  if (declared !== undefined)
    return isPassable(declared) ? { name, declaration: declared + name } : undefined;
  const isLocal = new RegExp(`^\\t+(?:\\w+ )+[^=;()]*\\b${name}\\b[^;]*;|[(,][^;{]*\\b${name}[,)]`, "m").test(
    own,
  );
  return !isLocal && new RegExp(`^\\w.*\\b${name}\\b`, "m").test(code.slice(0, each.from)) ? [] : undefined;
}

/** A structure by value would be a copy, and its lock another lock. */
const isPassable = (declared: string): boolean =>
  declared.endsWith("*") || !/\b(?:struct|union|spinlock_t)\b/.test(declared);
