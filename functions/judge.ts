import type { Run } from "../checker/result.ts";
import type { Key, Translation } from "../model/c/index.ts";
import { isByName } from "../model/c/knowledge/index.ts";
import { saysDying } from "../model/kernel/table/dying.ts";
import { mayKeepReference } from "../model/kernel/table/sleep.ts";
import { noSleepInAtomic } from "../properties/no-sleep-in-atomic.ts";
import { withCauses } from "./causes.ts";
import { isDoubtful } from "./doubtful.ts";
import type { Declared } from "./escape.ts";
import { type Exit, exitsOf } from "./exit.ts";
import { nameOf } from "./exit-finding.ts";
import { type Explored, type ExploreOptions, exploreFunction } from "./explore.ts";
import { type Finding, findingId } from "./finding.ts";
import { type JudgedExits, judgeExits } from "./judge-exits.ts";
import { lockAbout } from "./lock-about.ts";
import { demandOf, originsOf } from "./origins.ts";
import { pathOf, transitionsOf } from "./path.ts";
import { messageOfSleep } from "./sleep-message.ts";
import { NO_STORY, type SourceStory } from "./source-story.ts";
import { type Site, watch } from "./watched.ts";

export interface Judged extends JudgedExits {
  readonly exits: readonly Exit[];
  readonly explored: Explored;
  /** Findings about a sleep in a callee, which are to be confirmed. */
  readonly calleeSleeps: readonly CalleeSleep[];
}

/** A call in atomic context of a function that may sleep. */
export interface CalleeSleep {
  readonly finding: Finding;
  /** What the rule says of it. */
  readonly said: string;
  readonly callee: string;
  /** Offset of the call in the source. */
  readonly at: number;
}

export interface JudgeOptions extends ExploreOptions {
  /** Tell the classes of paths that lead to each finding, to be compared. */
  readonly origins?: boolean;
  /** Tell which findings show the same mistake. */
  readonly causes?: boolean;
  /** Keep with each finding what it was read off, to be explained. */
  readonly keepEvidence?: boolean;
  /** Offsets of calls that were found not to sleep where they are in atomic context. */
  readonly sleepless?: ReadonlySet<number>;
  /** What the source tells of the calls on a path. */
  readonly source?: SourceStory;
}

/** Explores a function and reports which rules its paths break, each at the first place on its path. */
export function judge(translation: Translation, declared: Declared, options: JudgeOptions): Judged {
  const watched = watch(translation);
  const { model, sites } = watched;
  const explored = exploreFunction(model, options);
  const broken = explored.properties.flatMap(({ property, verdict, run, message }) => {
    const site = sites.get(property);
    if (verdict !== "violated" || !run || !site || isSleepless(site, translation, options)) return [];
    return [brokenBy({ property, site, run, message: message ?? "" }, translation)];
  });
  const exits = exitsOf(translation, explored.ends);
  const { jumps } = translation;
  const found = firstsOf(broken).map((each) => {
    const origins =
      options.origins && each.key
        ? originsOf(translation, watched, demandOf({ ...each, key: each.key.index }), options)
        : undefined;
    const evidence = { model, property: each.property, run: each.run, jumps };
    const finding: Finding = {
      ...findingOf(each, translation),
      ...(isSpecial(each, declared, translation) && { confidence: "audit" }),
      ...(origins && { origins }),
      ...(options.keepEvidence && { evidence }),
    };
    return { finding, broken: each };
  });
  const judged = judgeExits(translation, exits, declared, options);
  const own = found.map(({ finding }) => finding);
  const { findings, ...told } = options.causes
    ? toldTogether(found, judged, translation, options.source)
    : { findings: own };
  return {
    ...{ ...judged, ...told },
    findings: [...findings, ...judged.findings],
    exits,
    explored,
    calleeSleeps: found.flatMap((each) => calleeSleepOf(each.finding, each.broken, translation)),
  };
}

/** What is found within a function and of its exits, with what shows the same mistake. */
function toldTogether(
  found: readonly { readonly finding: Finding; readonly broken: Broken }[],
  { exitFindings, leaks }: JudgedExits,
  translation: Translation,
  source: SourceStory = NO_STORY,
) {
  const own = found.map(({ finding, broken }) => ({ ...broken, ...shownBy(broken), finding }));
  const told = withCauses([...own, ...exitFindings], translation, source);
  const exits = told.slice(found.length);
  return {
    findings: told.slice(0, found.length),
    exitFindings: exitFindings.map((each, at) => ({ ...each, finding: exits[at] ?? each.finding })),
    leaks: leaks.flatMap((each) =>
      withCauses([each], translation, source).map((finding) => ({ ...each, finding })),
    ),
  };
}

/** The step that breaks the rule, and whether it takes the lock itself. */
const shownBy = ({ site }: Violation) => ({ step: site.transition, takes: site.event?.kind === "acquire" });

function calleeSleepOf(
  finding: Finding,
  { site, message }: Broken,
  translation: Translation,
): readonly CalleeSleep[] {
  const isOpen = site.event?.chain && !site.event.confirmed;
  const callee = isOpen ? calleeAt(site, translation) : undefined;
  return callee ? [{ finding, said: message, ...callee }] : [];
}

/** The call that a transition is of. */
function calleeAt({ transition }: Site, { plan, nodes }: Translation) {
  const node = plan.flow.nodes[nodes[transition] ?? -1];
  return node?.action.kind === "call" ? { callee: node.action.name, at: node.action.call.at } : undefined;
}

function isSleepless(site: Site, translation: Translation, { sleepless }: JudgeOptions): boolean {
  const call = sleepless && site.event?.chain ? calleeAt(site, translation) : undefined;
  return call !== undefined && sleepless?.has(call.at) === true;
}

interface Violation {
  readonly property: string;
  readonly site: Site;
  readonly run: Run;
  readonly message: string;
}

interface Broken extends Violation {
  /** The lock that it is about; absent where it is about none. */
  readonly key: Key | undefined;
  readonly lock: string;
  /** The transitions before the last. */
  readonly passed: ReadonlySet<number>;
  /** It breaks the rule in the body of a callee. */
  readonly isInCallee: boolean;
}

function brokenBy(violation: Violation, translation: Translation): Broken {
  const passed = transitionsOf(translation, violation.run).slice(0, -1);
  const key = lockAbout(violation, translation);
  const { nodes } = translation.plan.flow;
  return {
    ...violation,
    key,
    lock: nameOf(key),
    passed: new Set(passed.map(({ index }) => index)),
    isInCallee: nodes[translation.nodes[violation.site.transition] ?? -1]?.callee !== undefined,
  };
}

/** Those that no other one leads to, or says better. */
const firstsOf = (broken: readonly Broken[]): readonly Broken[] =>
  broken.filter(
    (each) =>
      !broken.some(
        (other) =>
          comesBefore(other, each) ||
          isEcho(each, other) ||
          isSurer(other, each) ||
          isKnownBehind(other, each),
      ),
  );

/** One mistake with a lock breaks its rule again further on: the later places are its consequences. */
function comesBefore(first: Broken, later: Broken): boolean {
  const [{ rule }, { rule: after }] = [first.site, later.site];
  const isSameMistake =
    rule.property === after.property || (first.isInCallee && rule.property.name === after.follows);
  if (rule.confidence === "audit" && after.confidence === "hard") return false;
  const isWeaker = (is: (each: Broken) => boolean) => is(first) && !is(later);
  if (isWeaker(({ site }) => site.event?.listed !== undefined) || isWeaker(isInOtherFile)) return false;
  if (first.run.moves.length >= later.run.moves.length || !isSameMistake) return false;
  return first.lock === later.lock && later.passed.has(first.site.transition);
}

/** What sleeps there is a hint. */
const isInOtherFile = ({ site }: Broken): boolean => site.event?.chain?.some(({ file }) => file) === true;

/** Of two sleeps on one path the one is told that a row of the table knows, not the one that the list alone knows. */
const isKnownBehind = ({ site, lock, passed }: Broken, { site: listed, ...other }: Broken): boolean =>
  listed.event?.listed !== undefined &&
  site.event?.listed === undefined &&
  site.rule.property === listed.rule.property &&
  site.rule.confidence === "hard" &&
  lock === other.lock &&
  passed.has(listed.transition);

/** Without a guess, it breaks the same rule there. */
const isSurer = ({ site }: Broken, { site: other }: Broken): boolean =>
  site.rule.property === other.rule.property &&
  site.transition === other.transition &&
  site.rule.confidence === "hard" &&
  other.rule.confidence === "audit";

const isEcho = ({ site }: Broken, { site: other }: Broken): boolean =>
  site.rule.echoes === other.rule.property.name && site.transition === other.transition;

/**
 * A sleep while the system dies, or with interrupts off in what runs at boot: nobody else is there to be run. Or with the
 * last reference alone, where the function takes such a reference itself.
 */
const isSpecial = ({ site, lock }: Broken, { head, calls }: Declared, translation: Translation): boolean =>
  site.rule.property.name === "no-sleep-in-atomic" &&
  ([...calls].some(saysDying) ||
    (lock === "irq" && /\b__init\b/.test(head)) ||
    mayKeepReference(calleeAt(site, translation)?.callee ?? "", calls));

function findingOf(broken: Broken, translation: Translation): Finding {
  const { site, run, message, lock, key } = broken;
  const { model } = translation;
  const source = model.programs[0]?.transitions[site.transition]?.source;
  const rule = site.rule.property.name;
  const isSleep = rule === noSleepInAtomic.name;
  const callee = isSleep || site.event?.chain ? calleeAt(site, translation)?.callee : undefined;
  const sleep = callee && {
    said: message,
    callee,
    lock,
    ...(source?.text !== undefined && { text: source.text }),
  };
  const plain = lock === "" ? message : `${message}: ${lock}`;
  return {
    id: findingId(rule, model.name, lock, source?.text ?? ""),
    rule,
    confidence:
      (key && isByName(key.object)) || isDoubtful(rule, run, translation) ? "audit" : site.rule.confidence,
    file: source?.file ?? "",
    line: source?.line ?? 0,
    function: model.name,
    lock,
    message: sleep ? messageOfSleep(sleep, site.event?.chain ?? []) : plain,
    path: pathOf(translation, run, "event"),
  };
}
