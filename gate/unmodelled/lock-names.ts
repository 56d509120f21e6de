import { functionRanges } from "../../model/c/source/function-ranges.ts";
import { calledNames } from "../../model/c/source/scan.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { DiffLine } from "../diff/diff.ts";
import { blankComments } from "../rebuild/scan.ts";
import { isKnown } from "./unknown-calls.ts";

const LIKE_A_LOCK = /(^|_)(un|try|re)?lock(_|$)/i;
/** Names that ask or tell lockdep. */
const ASKING = /_held$|^lock_(map|set|is)_|_(init|fini|ptr|event)$/i;

/**
 * Calls that are more or fewer than before of what is called like a lock, where neither the table nor the file
 * says what it does: a macro or function of another file.
 */
export function unknownLockNames({ file, before, after }: ImagePair): readonly string[] {
  const own = new Set(
    [before, after].flatMap((image) => functionRanges(image?.text ?? "").map(({ name }) => name)),
  );
  const calls = file.hunks
    .flatMap(({ lines }) => lines.flatMap(callsOf))
    .filter(({ name }) => !own.has(name));
  const balance = new Map<string, number>();
  for (const { name, sign } of calls) balance.set(name, (balance.get(name) ?? 0) + sign);
  return [...balance].flatMap(([name, difference]) => {
    const shown = calls.find((each) => each.name === name && each.sign * difference > 0);
    if (!shown) return [];
    const how = difference > 0 ? "is called anew" : "is called no more";
    return [
      `${file.after ?? file.before}:${shown.line}: ${name}() ${how}, and nothing but its name is known of it`,
    ];
  });
}

interface LockCall {
  readonly name: string;
  readonly line: number;
  /** 1 where the change brings it, -1 where it takes it away. */
  readonly sign: 1 | -1;
}

function callsOf({ kind, text, newLine, oldLine }: DiffLine): readonly LockCall[] {
  if (kind === "context" || /^\s*(\*|#)/.test(text)) return [];
  const names = [...calledNames(blankComments(text))].filter((name) => LIKE_A_LOCK.test(name));
  return names
    .filter((name) => !ASKING.test(name) && !isKnown(name))
    .map((name) => ({ name, line: newLine ?? oldLine ?? 0, sign: kind === "added" ? 1 : -1 }));
}
