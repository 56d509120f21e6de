import type { Run } from "../checker/result.ts";
import { CONTEXT, isPrivate, type Key, type Translation } from "../model/c/index.ts";
import { isByName } from "../model/c/knowledge/index.ts";
import type { Status } from "../model/c/status/index.ts";
import { annotationMismatches } from "./annotation-mismatch.ts";
import { type Declared, ownershipOf } from "./escape.ts";
import { type Exit, isByLoop, netOf } from "./exit.ts";
import { exitFinding, nameOf } from "./exit-finding.ts";
import type { ExploreOptions } from "./explore.ts";
import type { Finding } from "./finding.ts";
import { isFlaggedWay } from "./flagged-way.ts";
import { type Imbalance, imbalances } from "./imbalance.ts";
import { type Leak, leaksOf } from "./leak.ts";
import { isCallersWay } from "./leak-way.ts";
import { lockIdentity } from "./lock-identity.ts";
import { type LockUse, lockUses } from "./lock-use.ts";
import { notKeptAt, originsOf } from "./origins.ts";
import { parameterExits } from "./parameter-exit.ts";
import { isReleasedByAnotherName } from "./silent-release.ts";
import { withoutBlanks } from "./structure-of.ts";
import { variantMismatches } from "./variant-exit.ts";
import { wrongObjects } from "./wrong-object.ts";

/** A finding about an exit; by design where another function releases the lock `unless` names. */
export interface ExitFinding {
  readonly finding: Finding;
  /** The lock's key, and the run that the finding tells. */
  readonly key: Key;
  readonly run: Run;
  /** Its name, as other functions may call it. */
  readonly lock: string;
  readonly unless?: string;
  /** The function itself does otherwise where it returns the same. */
  readonly alike?: boolean;
  /** Where it fails the function itself does otherwise: that its name tells of a lock excuses nothing. */
  readonly inFailure?: boolean;
  /** It keeps the lock where it succeeds: right, if its callers release it. */
  readonly onSuccess?: boolean;
  /** What its callers give it decides: they know. */
  readonly byParameter?: boolean;
}

/** What a function's exits show by themselves, and what they show beside other functions of the source. */
export interface JudgedExits {
  readonly findings: readonly Finding[];
  readonly exitFindings: readonly ExitFinding[];
  /** Where it does not keep what its annotations say. */
  readonly annotationMismatches: readonly Finding[];
  /** The locks that the function releases without taking them. */
  readonly releasedAlone: readonly string[];
  /** The locks that it releases at all. */
  readonly releases: readonly string[];
  /** The locks that it does not take and that a callee may release. */
  readonly perhapsReleased: readonly string[];
  /** The locks that it leaves held on some way out. */
  readonly keeps: readonly string[];
  readonly uses: readonly LockUse[];
  readonly leaks: readonly LeakFinding[];
}

/** That a function leaves a lock held; wrong where nobody is there to release it. */
export interface LeakFinding {
  readonly finding: Finding;
  /** The lock's key, and the run that the finding tells. */
  readonly key: Key;
  readonly run: Run;
  /** Its name, as other functions may call it. */
  readonly lock: string;
  readonly isOwn: boolean;
  readonly onSuccess: boolean;
  readonly isTold: boolean;
  /** The lock is a variable, by its name. */
  readonly isPlain: boolean;
}

type ExitOptions = ExploreOptions & { readonly origins?: boolean };
type Identify = (key: Key) => string;
type FindingOptions = ExitOptions & { readonly identify: Identify };

const identifierOf = ({ headText, body = "" }: Declared): Identify => {
  const text = withoutBlanks(headText + body);
  return (key) => lockIdentity(key, text);
};

/** Compares the exits of a function with each other, and with what its head says. */
export function judgeExits(
  translation: Translation,
  exits: readonly Exit[],
  declared: Declared,
  options: ExitOptions,
): JudgedExits {
  const mismatches = variantMismatches(translation, exits, declared);
  const identify = identifierOf(declared);
  const told = new Set<Key | undefined>(mismatches.map(({ state }) => state));
  const owned = ownershipOf(translation.plan.flow, declared);
  const imbalanced = imbalances(translation, exits, owned);
  return {
    findings: [
      ...mismatches.map(({ finding }) => finding),
      ...wrongObjects(translation, exits, declared),
      ...parameterExits(translation, exits, declared),
    ],
    exitFindings: exitFindings(
      translation,
      imbalanced.filter(({ key }) => !told.has(key)),
      { ...options, identify, parameters: declared.parameters },
    ),
    annotationMismatches: annotationMismatches(translation, exits, declared.annotations),
    releasedAlone: [...locksWith(-1, translation, exits), ...releasedOnly(translation)].map(identify),
    releases: translation.plan.calls.keys.filter(({ released }) => released).map(identify),
    perhapsReleased: translation.plan.calls.keys
      .filter(({ index }) => isUnseen(exits.map(({ statuses }) => statuses[index] ?? "untouched")))
      .map(identify),
    keeps: locksWith(
      1,
      translation,
      exits,
      (key, exit) => !isReleasedByAnotherName(translation, key, exit),
    ).map(identify),
    uses: lockUses(translation, identify),
    leaks: leaksOf(translation, exits, owned, declared)
      .filter(({ key }) => !told.has(key))
      .map((leak) => leakFinding(translation, leak, { ...options, identify })),
  };
}

function leakFinding(
  translation: Translation,
  { key, exit, leaves, isOwn, onSuccess, isTold }: Leak,
  options: FindingOptions,
): LeakFinding {
  const how = leaves
    ? "goes on to another object with the lock of this one held"
    : key.released
      ? "returns here with a lock that is released on other paths"
      : "returns with a lock that it has taken";
  const lock = nameOf(key);
  const run = leaves ?? exit.end.run();
  const finding = exitFinding(translation, run, lock, `${how}: ${lock}`);
  const origins =
    options.origins && !leaves
      ? originsOf(translation, translation, notKeptAt(translation, exit, key.index), options)
      : undefined;
  return {
    finding: {
      ...finding,
      confidence: isProof(key) && !isFlaggedWay(translation, key, exit) ? "hard" : "audit",
      ...(origins && { origins }),
    },
    lock: options.identify(key),
    ...{ key, run, isOwn, onSuccess, isTold },
    isPlain: /^\w+$/.test(key.text),
  };
}

/** Locks with which some ways out differ from others that look alike to the caller. */
function exitFindings(
  translation: Translation,
  imbalanced: readonly Imbalance[],
  options: FindingOptions & Pick<Declared, "parameters">,
): readonly ExitFinding[] {
  return imbalanced.map((each) => {
    const { key, net, exit, always, unreleased, vague, onSuccess } = each;
    const sure = each.sure && !isFlaggedWay(translation, key, exit);
    const unless = !sure && (always || unreleased || vague) ? options.identify(key) : undefined;
    const how =
      always || unreleased
        ? "returns with a lock that it has taken"
        : net === 1
          ? `returns here with ${keptBy(exit, key)} released on other paths`
          : "returns here having released a lock that is kept on other paths";
    const lock = nameOf(key);
    const run = exit.end.run();
    const finding = exitFinding(translation, run, lock, `${how}: ${lock}`);
    const origins =
      sure && options.origins
        ? originsOf(translation, translation, notKeptAt(translation, exit, key.index), options)
        : undefined;
    return {
      finding:
        sure && isProof(key) ? { ...finding, confidence: "hard", ...(origins && { origins }) } : finding,
      ...{ key, run },
      lock: options.identify(key),
      alike: each.alike,
      inFailure: each.inFailure,
      onSuccess,
      byParameter: each.alike && isCallersWay(translation, key, exit, options.parameters),
      ...(unless !== undefined && { unless }),
    };
  });
}

const keptBy = ({ statuses }: Exit, { index }: Key): string =>
  isByLoop(statuses[index]) ? "locks that a loop has taken and that are" : "a lock that is";

/**
 * What only names tell of a lock proves nothing; and handlers of traps, probes and crashes keep preemption or interrupts
 * off for whoever goes on there (arch/x86/kernel/kprobes/core.c: kprobe_int3_handler).
 */
export const isProof = ({ object, text }: Key): boolean =>
  !isByName(object) && !(text === CONTEXT && KEPT_FOR_OTHERS.has(object));
const KEPT_FOR_OTHERS: ReadonlySet<string> = new Set(["preempt", "irq", "bh", "migrate"]);

/** The locks that a function releases and never takes, whatever their pointers lead to when it returns. */
const releasedOnly = ({ plan }: Translation): readonly Key[] =>
  plan.calls.keys.filter((key) => !isPrivate(key) && key.released && !key.acquired && /->|\./.test(key.text));

/** The function itself neither takes the lock nor releases it, and a callee may do so. */
const isUnseen = (statuses: readonly Status[]): boolean =>
  statuses.every((each) => each === "untouched" || OPEN.has(each)) && statuses.some((each) => OPEN.has(each));
const OPEN: ReadonlySet<Status> = new Set(["unknown", "maybe released"]);

/** The locks that a function leaves so on some way out, of those that count. */
const locksWith = (
  net: 1 | -1,
  { plan }: Translation,
  exits: readonly Exit[],
  counts: (key: Key, exit: Exit) => boolean = () => true,
): readonly Key[] =>
  plan.calls.keys.filter(
    (key) =>
      !isPrivate(key) && exits.some((exit) => netOf(exit.statuses[key.index]) === net && counts(key, exit)),
  );
