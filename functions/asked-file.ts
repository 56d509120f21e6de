import type { Knowledge } from "../model/c/knowledge/index.ts";
import { callsIn, type Outline } from "../model/c/source/index.ts";
import type { NearFile } from "../tree/near-files.ts";
import { outlineIn } from "../tree/near-group.ts";
import { lockWordsOf } from "./beside-locks.ts";
import { lopsidedIn } from "./lopsided.ts";
import { maySleepIn } from "./may-sleep.ts";
import { OneSided } from "./one-sided.ts";

/** What a file's text says of its functions before any is read: each is looked at once. */
export interface AskedFile {
  readonly outline: Outline;
  /** Whether it calls one half of a pair alone, by what it calls, or is annotated to take or release a lock. */
  isOneSided(name: string): boolean;
  /** The same by the locks that its text names. */
  isLopsided(name: string): boolean;
  maySleep(name: string): boolean;
  /** The last words of the locks that it takes, by functions of its file too. */
  locksTaken(name: string): ReadonlySet<string>;
}

/** Looks at files as far as they are asked about. */
export function askedFiles(known: Knowledge): (file: NearFile) => AskedFile {
  const files = new WeakMap<NearFile, AskedFile>();
  return (file) => {
    const asked = files.get(file) ?? askedFile(outlineIn(file), known);
    files.set(file, asked);
    return asked;
  };
}

function askedFile(outline: Outline, known: Knowledge): AskedFile {
  const sides = new OneSided(outline, known);
  return {
    outline,
    isOneSided: (name) => sides.has(name) || isAnnotated(name, outline),
    isLopsided: lopsidedIn(outline, known),
    maySleep: maySleepIn(outline, known),
    locksTaken: locksTakenIn(outline, known),
  };
}

/** Its head says that it comes or goes with a lock, and not with both. */
function isAnnotated(name: string, outline: Outline): boolean {
  const head = outline.headOf(name);
  return /\b__acquires\s*\(/.test(head) !== /\b__releases\s*\(/.test(head);
}

/** Calls within calls that are followed. */
const MAX_DEPTH = 2;

function locksTakenIn(outline: Outline, known: Knowledge): AskedFile["locksTaken"] {
  const own = new Map<string, ReadonlySet<string>>();
  const takenBy = (name: string): ReadonlySet<string> => {
    const isAsked = () => (outline.callsOf(name) ?? []).some(known.matters);
    const words = () =>
      isAsked() ? callsIn(outline.excerpt([name])).flatMap((each) => lockWordsOf(each, known)) : [];
    const found = own.get(name) ?? new Set(words());
    own.set(name, found);
    return found;
  };
  const reached = (name: string, depth: number): readonly string[] =>
    depth === 0
      ? [name]
      : [name, ...(outline.callsOf(name) ?? []).flatMap((each) => reached(each, depth - 1))];
  return (name) => new Set(reached(name, MAX_DEPTH).flatMap((each) => [...takenBy(each)]));
}
