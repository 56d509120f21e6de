import type { Finding } from "../../functions/finding.ts";
import type { Lock, Outcome } from "../../functions/probe/outcome.ts";
import type { Probe } from "../../functions/probe/probe.ts";
import type { Stop } from "../../functions/probe/stop.ts";
import type { Status } from "../../model/c/status/status.ts";
import { type Locals, normalise } from "../compare/locals.ts";
import type { FileDiff, Side } from "../diff/diff.ts";
import { type Block, lineAcross } from "./block.ts";

/** A function on one side of a change. */
export interface Probed {
  readonly side: Side;
  readonly probe: Probe;
  readonly locals: Locals;
}

/** A way that is new, as the finding that it is wrong. */
export interface PathChange {
  readonly finding: Finding;
  /** It comes to its end with a lock that the other side gives up. */
  readonly keeps: boolean;
}

/**
 * Ways from where the change is entered to where the function ends, or loses sight of a lock, that leave
 * the lock as no way of the other side does which comes there with it alike.
 */
export function pathChanges(
  own: Probed,
  other: Probed,
  file: FileDiff,
  blocks: readonly Block[],
): readonly PathChange[] {
  const found = blocks.flatMap((block) => {
    const stops = {
      [own.side]: stopsOf(own, other, file, block),
      [other.side]: stopsOf(other, own, file, block),
    };
    const [mine, theirs] = [stops[own.side] ?? [], stops[other.side] ?? []];
    if (mine.length === 0 || theirs.length === 0) return [];
    return locksOf(own, other).flatMap(({ name, here, there }) => {
      const was = other.probe.outcomes(theirs, there);
      const ways = own.probe.outcomes(mine, here);
      const odd = ways.find((way) => isNew(way, ways, was));
      if (!odd) return [];
      const finding = odd.finding(name, messageOf(odd, name));
      return [{ finding: { ...finding, site: block.text }, keeps: keeps(odd) }];
    });
  });
  return [...new Map(found.map((each) => [each.finding.lock, each])).values()];
}

/** Where the block is entered; where one side has no step of its own there, what follows the other's. */
function stopsOf(own: Probed, other: Probed, file: FileDiff, block: Block): readonly Stop[] {
  const entered = own.probe.entries(block[own.side]);
  if (entered.length > 0) return entered;
  const last = Math.max(...block[other.side]);
  const exits = other.probe.exits(block[other.side]);
  const nearest = Math.min(...exits.map(({ line }) => (line > last ? line : Number.POSITIVE_INFINITY)));
  return exits.flatMap((stop) =>
    stop.line === nearest || nearest === Number.POSITIVE_INFINITY
      ? [{ ...stop, line: lineAcross(file, other.side, stop.line) }]
      : [],
  );
}

interface LockPair {
  readonly name: string;
  readonly here: Lock | undefined;
  readonly there: Lock | undefined;
}

function locksOf(own: Probed, other: Probed): readonly LockPair[] {
  const known = ({ probe, locals }: Probed) =>
    new Map(probe.locks.map((each) => [`${each.family} ${normalise(each.text, locals)}`, each]));
  const [mine, theirs] = [known(own), known(other)];
  return [...new Set([...mine.keys(), ...theirs.keys()])].map((look) => {
    const [here, there] = [mine.get(look), theirs.get(look)];
    return { name: here?.text ?? there?.text ?? "", here, there };
  });
}

/** What its head or an assertion says of a lock, a function knows on one side alone where it names it there alone. */
const comesWith = (start: Status): Status =>
  start === "given" || start === "given-shared" ? "untouched" : start;

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
