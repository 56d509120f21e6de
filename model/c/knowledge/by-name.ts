import { type LockWord, lockHalf, lockWordOf } from "../../kernel/lock-name.ts";
import type { LockOperation } from "../../kernel/operation.ts";
import { ANY, type Mask, NEGATIVE, POSITIVE, ZERO } from "../flow/graph.ts";
import { type CallText, callsIn, firstArgument } from "../source/calls.ts";
import type { Unit } from "../source/unit.ts";
import { type CallEffect, type CallOutcome, isTrylock, type Knowledge } from "./effect.ts";

/** What begins the class of a lock that only the names of its calls tell of. */
const BY_NAME = "by name ";

/** Whether nothing but names says that there is such a lock. */
export const isByName = (object: string): boolean => object.startsWith(BY_NAME);

const KINDS: Readonly<Record<LockWord, LockOperation["kind"]>> = { acquires: "acquire", releases: "release" };

interface Half {
  readonly name: string;
  readonly stem: string;
  readonly kind: LockOperation["kind"];
  readonly calls: readonly PlacedCall[];
}

/**
 * What calls of which nothing is known do by their names, where both halves of a pair stand in the source:
 * `pool_lock(x)` takes what `pool_unlock(x)` releases. It stays a guess: what rests on it is a hint. A name says
 * nothing where the source defines it, or uses what it returns in a way that its name does not tell of.
 */
export function effectsByName(unit: Unit, known: Knowledge): ReadonlyMap<string, CallEffect> {
  const defined = new Set([...unit.functions.map(({ name }) => name), ...unit.macros.names]);
  const byStem = new Map<string, Half[]>();
  for (const [name, calls] of callsByName(unit)) {
    const half = lockHalf(name);
    if (!half || defined.has(name) || known.matters(name)) continue;
    const each = { name, stem: half.stem, kind: KINDS[half.half], calls };
    byStem.set(half.stem, [...(byStem.get(half.stem) ?? []), each]);
  }
  const pairs = [...byStem.values()].filter(isPair).flat();
  return new Map(pairs.map((half) => [half.name, effectOfHalf(half)]));
}

interface PlacedCall extends CallText {
  readonly caller: string;
}

function callsByName({ functions, text }: Unit): ReadonlyMap<string, readonly PlacedCall[]> {
  const byName = new Map<string, PlacedCall[]>();
  for (const { name: caller, bodyStart, bodyEnd } of functions) {
    for (const call of callsIn(text.slice(bodyStart, bodyEnd))) {
      if (call.name !== call.callee) continue;
      byName.set(call.name, [...(byName.get(call.name) ?? []), { ...call, caller }]);
    }
  }
  return byName;
}

/** One name takes and one releases, and what each returns is used only as its name tells. */
function isPair(halves: readonly Half[]): boolean {
  const kinds = new Set(halves.map(({ kind }) => kind));
  const isUsedAsNamed = halves.every(
    ({ name, calls }) => mayFail(name) || calls.every(({ discarded }) => discarded),
  );
  return kinds.size === 2 && isUsedAsNamed && (halves.some(isLockWord) || standTogether(halves));
}

const isLockWord = ({ name }: Half): boolean => lockWordOf(name) !== undefined;

/** Words that begin and end a section may be about anything: both must be about one object in one function. */
function standTogether(halves: readonly Half[]): boolean {
  const placesOf = (kind: Half["kind"]) =>
    halves
      .filter((half) => half.kind === kind)
      .flatMap(({ calls }) => calls.map((call) => `${call.caller} ${firstArgument(call)}`));
  const releases = new Set(placesOf("release"));
  return placesOf("acquire").some((place) => releases.has(place));
}

const mayFail = (name: string): boolean => isTrylock(name) || isInterruptible(name);

const isInterruptible = (name: string): boolean => /_(?:interruptible|killable)(?:_|$)/.test(name);

function effectOfHalf({ name, stem, kind, calls }: Half): CallEffect {
  const operand = calls.every(({ arguments: all }) => all !== "")
    ? { operand: 0 }
    : { path: stem.replace("*", "") };
  const operation: LockOperation = { kind, object: BY_NAME + stem, mode: "exclusive", ...operand };
  const placed = { operation, ...("path" in operand && operand) };
  const [does, fails] = returnsOf(name);
  const done: CallOutcome = { name: kind, weight: 0, does: [placed], returns: does };
  const failed: CallOutcome = { name: "fails", weight: 1, does: [], returns: fails };
  return { name, source: "its name", outcomes: fails === ANY ? [done] : [done, failed] };
}

/** What it returns where it has the lock, and where it has not; `ANY` where it can't fail. */
function returnsOf(name: string): readonly [Mask, Mask] {
  if (isTrylock(name)) return [POSITIVE | NEGATIVE, ZERO];
  return isInterruptible(name) ? [ZERO | POSITIVE, NEGATIVE] : [ANY, ANY];
}
