import type { Finding } from "../../functions/finding.ts";
import type { Answer } from "../../functions/probe/answer.ts";
import type { Lock, Outcome } from "../../functions/probe/outcome.ts";
import type { Probe } from "../../functions/probe/probe.ts";
import type { Stop } from "../../functions/probe/stop.ts";
import type { Status } from "../../model/c/status/index.ts";
import type { Reason } from "../../model/not-modelled.ts";
import { type Locals, normalise } from "../compare/locals.ts";
import { type FileDiff, otherSide, SIDES, type Side } from "../diff/diff.ts";
import { type Block, lineAcross } from "./block.ts";

/** A function on one side of a change. */
export interface Probed {
  readonly probe: Probe;
  readonly locals: Locals;
}

type Sides<Of> = Readonly<Record<Side, Of>>;

/** A way that is new, as the finding that it is wrong. */
export interface PathChange {
  readonly finding: Finding;
  /** It comes to its end with a lock that the other side gives up. */
  readonly keeps: boolean;
  /** It leaves a lock as it was that the other side gives up. */
  readonly leaves: boolean;
}

/** What two sides differ in, and why there may be more. */
export interface PathChanges {
  readonly found: Sides<readonly PathChange[]>;
  readonly unknown: readonly Reason[];
}

/**
 * Ways from where the change is entered to where the function ends, or loses sight of a lock, that leave
 * the lock as no way of the other side does which comes there with it alike.
 */
export function pathChanges(sides: Sides<Probed>, file: FileDiff, blocks: readonly Block[]): PathChanges {
  const locks = locksOf(sides);
  const found: Record<Side, PathChange[]> = { before: [], after: [] };
  const unknown: Reason[] = [];
  for (const block of blocks) {
    const stops = {
      before: stopsOf("before", sides, file, block),
      after: stopsOf("after", sides, file, block),
    };
    if (stops.before.length === 0 || stops.after.length === 0) continue;
    for (const lock of locks) {
      const ways = waysOf(sides, stops, lock);
      if (ways.kind !== "reached") {
        unknown.push(ways.reason);
        continue;
      }
      for (const side of SIDES) found[side].push(...oddWays(side, ways.found, lock, block.text));
    }
  }
  return { found: { before: byLock(found.before), after: byLock(found.after) }, unknown };
}

const byLock = (found: readonly PathChange[]): readonly PathChange[] => [
  ...new Map(found.map((each) => [each.finding.lock, each])).values(),
];

/** How a lock fares behind the steps, on both sides. */
function waysOf(
  sides: Sides<Probed>,
  stops: Sides<readonly Stop[]>,
  lock: Sides<Lock | undefined>,
): Answer<Sides<readonly Outcome[]>> {
  const before = sides.before.probe.outcomes(stops.before, lock.before);
  if (before.kind !== "reached") return before;
  const after = sides.after.probe.outcomes(stops.after, lock.after);
  if (after.kind !== "reached") return after;
  return { kind: "reached", found: { before: before.found, after: after.found } };
}

function oddWays(
  side: Side,
  ways: Sides<readonly Outcome[]>,
  lock: Sides<Lock | undefined>,
  site: string,
): readonly PathChange[] {
  const other = otherSide(side);
  const odd = ways[side].find((way) => isNew(way, ways[side], ways[other]));
  if (!odd) return [];
  const name = lock[side]?.text ?? lock[other]?.text ?? "";
  return [
    {
      finding: { ...odd.finding(name, messageOf(odd, name)), site },
      keeps: keeps(odd),
      leaves: odd.left === "as it was",
    },
  ];
}

/** Where the block is entered; where one side has no step of its own there, what follows the other's. */
function stopsOf(side: Side, sides: Sides<Probed>, file: FileDiff, block: Block): readonly Stop[] {
  const other = otherSide(side);
  const entered = sides[side].probe.entries(block[side]);
  if (entered.length > 0) return entered;
  const last = Math.max(...block[other]);
  const exits = sides[other].probe.exits(block[other]);
  const nearest = Math.min(...exits.map(({ line }) => (line > last ? line : Number.POSITIVE_INFINITY)));
  return exits.flatMap((stop) =>
    stop.line === nearest || nearest === Number.POSITIVE_INFINITY
      ? [{ ...stop, line: lineAcross(file, other, stop.line) }]
      : [],
  );
}

/** The locks that either side knows, each by what it is on both. */
function locksOf({ before, after }: Sides<Probed>): readonly Sides<Lock | undefined>[] {
  const known = ({ probe, locals }: Probed) =>
    new Map(probe.locks.map((each) => [`${each.family} ${normalise(each.text, locals)}`, each]));
  const [was, is] = [known(before), known(after)];
  const looks = new Set([...was.keys(), ...is.keys()]);
  return [...looks].map((look) => ({ before: was.get(look), after: is.get(look) }));
}

/** What its head or an assertion says of a lock, a function knows on one side alone where it names it there alone. */
const comesWith = (start: Status): Status =>
  start === "assumed held" || start === "assumed held-shared" ? "untouched" : start;

const alike = (way: Outcome, was: readonly Outcome[]): readonly Outcome[] => {
  const same = was.filter(
    ({ start, how }) => comesWith(start) === comesWith(way.start) && how !== "relocked",
  );
  const ending = same.filter(({ how }) => how === way.how || how === "any");
  return ending.length > 0 ? ending : same;
};

/**
 * To keep a lock is wrong where none of the ways before did; to leave it as it came, where all gave it up; to
 * give it up, where all took it first. That one which was left alone is given up may be what a fix does.
 */
function isNew(way: Outcome, ways: readonly Outcome[], was: readonly Outcome[]): boolean {
  const others = alike(way, was).map(({ left }) => left);
  if (way.how === "relocked") return !was.some(({ how }) => how === "relocked");
  const unclear = others.includes("unsure") && !alike(way, ways).some(({ left }) => left === "unsure");
  const sure = others.filter((left) => left !== "unsure");
  if (unclear || sure.length === 0) return false;
  switch (way.left) {
    case "kept":
    case "held":
      return !sure.some((left) => left === "kept" || left === "held");
    case "as it was":
      return sure.every((left) => left === "lost");
    case "lost":
      return sure.every((left) => left === "given back");
    case "unsure":
      return way.start === "unknown" && !others.includes("unsure");
    default:
      return false;
  }
}

const keeps = ({ left }: Outcome): boolean => left === "kept" || left === "held";

/** What the way does with the lock, where before it did not. */
function messageOf(way: Outcome, lock: string): string {
  const { how, left } = way;
  if (how === "relocked") return `takes a lock that it still holds, as it did not before: ${lock}`;
  const ends = how === "overwritten" ? "goes on to the next object" : "returns";
  if (keeps(way)) return `${ends} with a lock that it released on this way before: ${lock}`;
  if (left === "lost") return `${ends} having released a lock that it took first on this way before: ${lock}`;
  return `${ends} without having released, as before on this way, a lock that it came with: ${lock}`;
}
