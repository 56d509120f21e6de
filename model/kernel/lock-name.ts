import { isNoLock } from "./table/no-lock.ts";
import { ownLockOf } from "./table/own-lock.ts";

/** What a name says that a call does to a lock. */
export type LockWord = "acquires" | "releases";

/** A number may follow, or what says that it is a pointer to a function. */
const ACQUIRES = /^(?:[irw]?lock|trylock|relock|acquire)(?:fn|func|cb|op)?\d*$/;
const RELEASES = /^(?:[irw]?unlock|release)(?:fn|func|cb|op)?\d*$/;
/** Most names have none of these, which is told without taking them apart. */
const MAY_LOCK = /lock|acquire|release|(?:^|_)(?:down|up)_/i;
/** A semaphore's words say nothing by themselves: power goes down as well. */
const SEMAPHORE = /(?:^|_)(down|up)_(?:read|write)(?:_|$)/;

/**
 * What a name says of locks by its words, in any case, between underscores or beginning with a capital; undefined
 * where it says nothing. A name of the table's no-lock rows says nothing either.
 */
export function lockWordOf(name: string): LockWord | undefined {
  if (!MAY_LOCK.test(name)) return undefined;
  const words = wordsOf(name);
  const releases = words.some((word) => RELEASES.test(word));
  const semaphore = SEMAPHORE.exec(name)?.[1];
  if (!releases && !semaphore && !words.some((word) => ACQUIRES.test(word))) return undefined;
  if (isNoLock(name)) return undefined;
  return releases || semaphore === "up" ? "releases" : "acquires";
}

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, "_")
    .toLowerCase()
    .split("_");

const LOCK = /^(?:try|un|spin)?lock(?:s|ed|ing)?\d*$/;

/**
 * What an operation on a bit or a word does where its arguments are named like a lock: `test_and_set_bit(BOX_LOCKED,
 * &box->flags)`. Undefined where the table's own-lock rows lack it, or the arguments are not; `both` where it may do
 * either.
 */
export function ownLockWord(name: string, args: string): LockWord | "both" | undefined {
  const row = ownLockOf(name);
  // Of `&lock->count` the last name says what is changed.
  const changed = row ? (args.match(/[A-Za-z_]\w*(?!\w|->|\.)/g) ?? []) : [];
  if (!changed.some((each) => wordsOf(each).some((word) => LOCK.test(word)))) return undefined;
  return row?.does ?? (/,(?:0|NULL|false)$/.test(args) ? "releases" : "both");
}

/** One half of a pair of names that differ in a word: what begins and what ends. */
export interface PairedName {
  /** The name with that word left out: the same for both halves. */
  readonly stem: string;
  readonly half: LockWord;
}

const HALF = /(?<=^|_)(?:(begin|start|enter)|end|stop|finish|exit|leave|done)(?=_|$)/i;

/**
 * Whether a name may begin or end a section, if its other half stands beside it; undefined for others and for
 * a name of the table's no-lock rows.
 */
export function pairedName(name: string): PairedName | undefined {
  const found = HALF.exec(name);
  if (!found || isNoLock(name)) return undefined;
  const stem = `${name.slice(0, found.index)}*${name.slice(found.index + found[0].length)}`;
  return { stem, half: found[1] === undefined ? "releases" : "acquires" };
}

/** Words that say how a lock is taken, not which. */
const HOW = /^(?:interruptible|killable|nested|irqsave|irqrestore|irq|bh)$/;

/** The two words of a pair by the one that both stand for. */
const WORDS: Readonly<Record<string, string>> = {
  lock: "lock",
  trylock: "lock",
  unlock: "lock",
  acquire: "acquire",
  release: "acquire",
  down: "down",
  up: "down",
};

/**
 * Which half of a pair a name is, by a word of locks or by a word that begins or ends a section; undefined where
 * its words say neither, or are those of no lock.
 */
export function lockHalf(name: string): PairedName | undefined {
  const half = lockWordOf(name);
  if (!half) return pairedName(name);
  const words = name.split("_").filter((word) => !HOW.test(word.toLowerCase()));
  return { stem: words.map(starred).join("_"), half };
}

function starred(word: string): string {
  const both = WORDS[word.toLowerCase()];
  return both === undefined ? word : `*${both}`;
}

const HELPER = /(?:^|_)(?:un|try|re)?lock(?:_|$)|(?:^|_)(?:start|begin|end|stop|enter|exit|finish|done)$/;

/** Whether a function's name says that it comes or goes with a lock. */
export const isLockHelper = (name: string): boolean => HELPER.test(name);

const BEGINS =
  /(?<![bc])lock|mutex|(?:^|_)(?:acquire|begin|start|enter|prepare|hold|grab|take|pin|freeze|suspend|stop|disable|quiesce|claim|down|pause|block|reserve)(?:_|$)|_(?:first|next)(?:_(?:rcu|bh|locked|entry))?$|^_*map_|_map$/i;
const CLOSES =
  /_(?:release|remove|delete|del|destroy|free|exit|unregister|detach|cleanup|show|store|dump|fill)$/i;

const STOPS = /(?:^|_)(?:stop|freeze|disable|quiesce|suspend|shutdown)(?:_|$)/i;

/** Whether a function's name leaves it open that what it stops is never to go on. */
export const mayStop = (name: string): boolean => STOPS.test(name);

/** Behind another verb these are nouns: `alloc_reserve`, `update_block_map`. */
const NOUN =
  /((?:^|_)(?:account|add|adjust|alloc|charge|check|clear|count|free|init|put|remove|reset|set|update)_(?:\w+_)?)(?:block|map|pin|reserve)(?=_|$)/i;

/** Whether a function's name leaves it open that whoever calls it is to end what it begins. */
export const mayBegin = (name: string): boolean =>
  BEGINS.test(name.replace(NOUN, "$1")) && !CLOSES.test(name);

const ENDS =
  /unlock|(?:^|_)(?:release|put|end|finish|done|stop|complete|exit|leave|drop|free|up|wake|unmap|thaw|resume|enable|abort|cancel|cleanup|commit|submit|dispatch|next)(?:_|$)/i;

/** Whether a function's name leaves it open that it ends what its caller began. */
export const mayEnd = (name: string): boolean => ENDS.test(name);

const LEAVES =
  /^(?:return_[A-Z]\w*|(?:[A-Z0-9]+_)*(?:RETURN|RET|GOTO|BAIL|THROW)(?:_[A-Z0-9]+)*|(?:[A-Z0-9]+_)*(?:EXIT|ABORT|FAIL|LEAVE|QUIT|DIE|JUMP|STOP)_(?:IF|ON|UNLESS|WITH|ERR|ERROR|NULL)(?:_[A-Z0-9]+)*)$/;

/** Whether a macro of this name may leave the function that uses it as a statement: `RETURN(0)`, `BAIL_IF(err)`. */
export const mayLeave = (name: string): boolean => LEAVES.test(name);

/** What no name of these can mean but what it says, whoever defines it: `RETURN(err)`, `GOTO(out, err)`. */
export function leavesAsNamed(name: string): "return" | "goto" | undefined {
  const word = /^(?:[A-Z0-9]+_)?(RETURN|GOTO)$/.exec(name)?.[1];
  return word === "RETURN" ? "return" : word === "GOTO" ? "goto" : undefined;
}
