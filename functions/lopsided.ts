import type { Knowledge } from "../model/c/knowledge/index.ts";
import { blankOpaque, type CallText, callsIn, type Outline, splitTop } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";

/** Characters of a function that is followed because it takes a lock and may keep it. */
const MAX_SIZE = 6_000;

/** Tells which functions of a file are lopsided; each is looked at once. */
export function lopsidedIn(
  file: Outline,
  known: Pick<Knowledge, "find" | "matters">,
): (name: string) => boolean {
  const found = new Map<string, boolean>();
  return (name) => {
    const isAsked = () => file.sizeOf(name) <= MAX_SIZE && (file.callsOf(name) ?? []).some(known.matters);
    const is = found.get(name) ?? (isAsked() && isLopsided(file.excerpt([name]), known));
    found.set(name, is);
    return is;
  };
}

/** A lock is taken or given back, as far as a call's name and arguments tell. */
interface Change {
  /** Where the call stands. */
  readonly at: number;
  readonly takes: boolean;
}

const TAKES = new Set(["acquire", "enter", "map"]);
const GIVES_BACK = new Set(["release", "leave", "unmap"]);

/**
 * Whether a function may leave a lock otherwise than it found it, as its text has it: it takes one that it doesn't
 * give back below, or gives one back that it hasn't taken above. What is given back on a way out at once does not count:
 * other ways go on with the lock.
 */
export function isLopsided(text: string, known: Pick<Knowledge, "find">): boolean {
  const plain = blankOpaque(text).trimEnd();
  const byLock = new Map<string, Change[]>();
  for (const call of callsIn(plain)) {
    for (const [lock, takes] of changesBy(call, known)) add(byLock, lock, { at: call.from, takes });
  }
  return [...byLock.values()].some((changes) => staysChanged(plain, changes));
}

/** By the lock, as it is written. */
function changesBy(
  { names, arguments: given }: CallText,
  known: Pick<Knowledge, "find">,
): ReadonlyMap<string, boolean> {
  const args = splitTop(given);
  const operations = names.flatMap((name) =>
    (known.find(name, [])?.outcomes ?? []).flatMap(({ does }) => does.map(({ operation }) => operation)),
  );
  const changes = new Map<string, boolean>();
  for (const operation of operations) {
    const { kind } = operation;
    if (!TAKES.has(kind) && !GIVES_BACK.has(kind)) continue;
    const position = "operand" in operation ? operation.operand : undefined;
    const root = typeof position === "number" ? (args[position] ?? "").replace(/^&/, "") : "";
    const path = "path" in operation ? operation.path : undefined;
    changes.set([operation.object, root, path ?? ""].join(" "), TAKES.has(kind));
  }
  return changes;
}

function staysChanged(text: string, changes: readonly Change[]): boolean {
  let [wasTaken, isHeld] = [false, false];
  for (const { at, takes } of changes) {
    if (!takes && !wasTaken) return true;
    if (takes) [wasTaken, isHeld] = [true, true];
    else if (!isOnWayOut(text, at)) isHeld = false;
  }
  return isHeld;
}

/** It stands in an inner block that is left behind the call. */
function isOnWayOut(text: string, at: number): boolean {
  const end = blockEnd(text, at);
  return end < text.length - 1 && /\b(?:return|goto|continue|break)\b/.test(text.slice(at, end));
}

function blockEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth < 0) return at;
  }
  return text.length;
}
