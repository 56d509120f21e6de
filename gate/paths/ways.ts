import type { CheckResult } from "../../functions/check.ts";
import type { ExitState } from "../../functions/exit-finding.ts";
import type { Finding } from "../../functions/finding.ts";
import type { ProbeAnswer } from "../../functions/probe/probe.ts";
import { tableKnowledge, takesLocks, withEffects } from "../../model/c/knowledge/index.ts";
import { functionsNamed } from "../../model/c/source/index.ts";
import { sentenceOf } from "../../model/not-modelled.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { type ExitChange, exitChanges } from "../callers/exit-change.ts";
import { type Locals, normalise } from "../compare/locals.ts";
import { otherSide, SIDES, type Side } from "../diff/diff.ts";
import type { Effects, Judge, KnownEffects } from "../judge/judge.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { type Block, blocksIn, type ChangedRun, callsIn, changedRuns } from "./block.ts";
import { differing, effectsOn, sharpened } from "./effects.ts";
import { isNotYetFound } from "./own-lock.ts";
import { withoutPairs } from "./paired.ts";
import { type PathChange, type PathChanges, pathChanges } from "./path-change.ts";

interface JudgedPair {
  readonly pair: ImagePair;
  readonly names: readonly string[];
  readonly reports: Readonly<Record<Side, CheckResult>>;
  readonly locals: Readonly<Record<Side, (name: string) => Locals>>;
  readonly judge: Judge;
  readonly known: KnownEffects | undefined;
}

type Found = Readonly<Record<Side, readonly Finding[]>>;
type Changes = Readonly<Record<Side, readonly PathChange[]>>;

const NOTHING = { before: [], after: [] } as const;
const SAME: PathChanges = { found: NOTHING, unknown: [] };

/** A lock that a function leaves otherwise by its own change, whatever its callees do. */
export interface OwnChange {
  readonly function: string;
  readonly lock: string;
}

/** Ways that one side alone has, and what of them comes of the functions' own changes. */
export interface WaysChanged {
  readonly found: Found;
  readonly alone: Readonly<Record<Side, readonly OwnChange[]>>;
  /** Functions of which not all ways could be compared, a line each with the reason. */
  readonly unknown: readonly string[];
}

/** Ways through functions that leave a lock in another way than before, on each side those that the other lacks. */
export function waysChanged(judged: JudgedPair): Promise<WaysChanged> {
  const { pair, names, judge, reports, known } = judged;
  if (names.length === 0 || pair.before?.partial || pair.after?.partial) {
    return Promise.resolve({ found: NOTHING, alone: NOTHING, unknown: [] });
  }
  const make = () => compareWays(judged);
  if (!judge.remember) return make();
  const told = SIDES.map((side) => JSON.stringify([...effectsOn(side, reports, known)]));
  const texts = SIDES.map((side) => pair[side]?.text ?? "");
  return judge.remember(["ways", JSON.stringify([names, pair.file]), ...told, ...texts], make);
}

async function compareWays(judged: JudgedPair): Promise<WaysChanged> {
  const { names, reports, locals } = judged;
  const sides = {
    before: { report: reports.before, locals: locals.before },
    after: { report: reports.after, locals: locals.after },
  };
  const exits = {
    before: exitChanges(sides.before, sides.after, names),
    after: exitChanges(sides.after, sides.before, names),
  };
  const paths: PathsChanged[] = [];
  const context = { runs: changedRuns(judged.pair.file), callees: calleesOf(judged) };
  for (const name of names) paths.push(await pathsChanged(judged, name, context));
  const alone = (side: Side) =>
    paths.flatMap(({ own }) =>
      own[side].map(({ finding: { function: name, lock } }) => ({ function: name, lock })),
    );
  const statesOn = (side: Side) => (finding: Finding) => {
    const own = (text: string) => normalise(text, locals[side](finding.function));
    const states = reports[side].exits?.get(finding.function) ?? [];
    return states.filter(({ lock }) => own(lock) === own(finding.lock));
  };
  const found = (side: Side) => paths.flatMap((one) => one.found[side].filter(isNamedIn(judged, side)));
  const merge = (side: Side) => {
    const other = otherSide(side);
    const ways = exits[side].filter((each) => !isAbout(each, found(other)));
    const kept = found(side).filter(
      (each) =>
        !isLostInstead(each, exits[other]) && !endsStrayRelease(each, statesOn(other), statesOn(side)),
    );
    const all = [...ways, ...kept].map(({ finding }) => finding);
    return withoutPairs(all, judged);
  };
  return {
    found: { before: merge("before"), after: merge("after") },
    alone: { before: alone("before"), after: alone("after") },
    unknown: [
      ...new Set([
        ...names.flatMap((name) => unknownBefore(judged, name)),
        ...paths.flatMap((one) => one.unknown),
      ]),
    ],
  };
}

/** Whether paths that leave a lock as it was have the object that it belongs to. */
const isNamedIn =
  ({ pair, locals }: JudgedPair, side: Side) =>
  ({ finding, leaves }: PathChange): boolean => {
    const image = pair[side];
    return !leaves || !image || !isNotYetFound(finding, image, locals[side](finding.function));
  };

/** A function that was not judged before the change; one that is not judged after it is named by the report. */
function unknownBefore({ reports: { before, after } }: JudgedPair, name: string): readonly string[] {
  const left = ({ functions }: CheckResult) =>
    [...functions.skipped, ...functions.capped].filter((each) => each.function === name);
  const isDefined = after.defined?.includes(name) === true;
  return isDefined && left(after).length === 0
    ? left(before).map(({ reason }) => notCompared(name, reason))
    : [];
}

const notCompared = (name: string, why: string): string =>
  `the paths of ${name}() before and after the change were not compared: ${why}`;

const isSameLock = (one: Finding, other: Finding): boolean =>
  one.function === other.function && one.lock === other.lock;

/**
 * Of a lock of which the paths tell that one side is wrong, the other side is right; but not to give up what
 * the one side keeps.
 */
const isAbout = ({ finding, net }: ExitChange, others: readonly PathChange[]): boolean =>
  others.some((each) => isSameLock(each.finding, finding) && !(each.keeps && net === -1));

/** What keeps a lock is not wrong where the other side, which does not take it, has nothing to release. */
const isLostInstead = ({ finding, keeps }: PathChange, others: readonly ExitChange[]): boolean =>
  keeps && others.some((each) => each.net === -1 && isSameLock(each.finding, finding));

type StatesOf = (finding: Finding) => readonly ExitState[];

/**
 * Before, paths that look alike to the caller released the lock and left it alone, so that one of them was wrong;
 * now all leave it as it was.
 */
function endsStrayRelease({ finding, keeps }: PathChange, before: StatesOf, after: StatesOf): boolean {
  const [was, is] = [before(finding), after(finding)];
  const isMixed = was.some(
    ({ returns, net }) => net === -1 && was.some((other) => other.returns === returns && other.net === 0),
  );
  return !keeps && isMixed && is.length > 0 && is.every(({ net }) => net === 0);
}

interface PathsChanged {
  readonly found: Changes;
  /** What is found with callees as they are on the other side. */
  readonly own: Changes;
  readonly unknown: readonly string[];
}

/** What callees do on both sides, to be compared. */
interface ComparedCallees {
  readonly effects: Readonly<Record<Side, Effects>>;
  readonly different: ReadonlySet<string>;
}

function calleesOf({ reports, known }: JudgedPair): ComparedCallees {
  const [before, after] = [effectsOn("before", reports, known), effectsOn("after", reports, known)];
  const different = differing(before, after);
  return { different, effects: sharpened(before, after, different) };
}

/** How the paths of one function changed, from where it is changed itself, or calls what is. */
async function pathsChanged(
  judged: JudgedPair,
  name: string,
  { runs, callees }: { readonly runs: readonly ChangedRun[]; readonly callees: ComparedCallees },
): Promise<PathsChanged> {
  const { pair, locals, judge } = judged;
  const alike = (side: Side, text: string) => normalise(text, locals[side](name));
  const own = blocksIn(runs, name, pair, alike);
  const calls = callsIn(name, pair.after, pair.file, callees.different);
  if (own.length + calls.length === 0 || !judge.probe) return { found: NOTHING, own: NOTHING, unknown: [] };
  const { effects } = callees;
  const all = await comparePaths(judged, name, [...own, ...calls], effects);
  const as = async (side: Side) => {
    if (calls.length === 0) return all;
    if (own.length === 0) return SAME;
    return comparePaths(judged, name, own, { before: effects[side], after: effects[side] });
  };
  const [asAfter, asBefore] = [await as("after"), await as("before")];
  const unknown = [all, asAfter, asBefore].flatMap((each) => each.unknown);
  return {
    found: all.found,
    own: { before: asAfter.found.before, after: asBefore.found.after },
    unknown: unknown.map((reason) => notCompared(name, sentenceOf(reason))),
  };
}

/** The paths behind some blocks of a function, with callees that do this on each side. */
async function comparePaths(
  { pair, locals, judge }: JudgedPair,
  name: string,
  blocks: readonly Block[],
  effects: Readonly<Record<Side, Effects>>,
): Promise<PathChanges> {
  const probe = async (side: Side, doubted?: ReadonlySet<string>): Promise<ProbeAnswer> => {
    const image = pair[side];
    return image && judge.probe ? judge.probe(image, name, effects[side], doubted) : NO_FUNCTION;
  };
  const first = { before: await probe("before"), after: await probe("after") };
  const doubted = new Set([...doubtedBy(first.before), ...doubtedBy(first.after)]);
  const again = async (side: Side): Promise<ProbeAnswer> =>
    doubtedBy(first[side]).size === doubted.size ? first[side] : probe(side, doubted);
  const [before, after] = [await again("before"), await again("after")];
  if (before.kind === "no such function" || after.kind === "no such function") return SAME;
  if (before.kind !== "reached" || after.kind !== "reached") {
    const reasons = [before, after].flatMap((each) => (each.kind === "reached" ? [] : [each.reason]));
    const touchesLocks = SIDES.some((side) => takesLocksIn(pair[side], name, effects[side]));
    return { found: NOTHING, unknown: touchesLocks ? reasons : [] };
  }
  const probed = {
    before: { probe: before.found, locals: locals.before(name) },
    after: { probe: after.found, locals: locals.after(name) },
  };
  return pathChanges(probed, pair.file, blocks);
}

const NO_FUNCTION: ProbeAnswer = { kind: "no such function" };

const doubtedBy = (answer: ProbeAnswer): ReadonlySet<string> =>
  answer.kind === "reached" ? answer.found.doubted : new Set();

/** Of a function that takes no locks, nothing need be known. */
function takesLocksIn(image: Image | undefined, name: string, effects: Effects): boolean {
  const known = withEffects(tableKnowledge, effects);
  const own = image ? functionsNamed(image.text, name) : [];
  return own.some(({ calls }) => [...calls].some((each) => takesLocks(known, each)));
}
