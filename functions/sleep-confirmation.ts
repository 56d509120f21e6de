import type { Run } from "../checker/result.ts";
import {
  calleeName,
  type FlowNode,
  type Inline,
  type InlineBody,
  type LockEvent,
  readFunction,
  type Surroundings,
  type Translation,
} from "../model/c/index.ts";
import type { SleepChain, Sleepers } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { NotModelled } from "../model/not-modelled.ts";
import { noSleepInAtomic } from "../properties/no-sleep-in-atomic.ts";
import { ENOUGH_STATES, exploreFunction } from "./explore.ts";
import { transitionsOf } from "./path.ts";
import { rules } from "./rule.ts";
import { watch } from "./watched.ts";

/** A call of a function that may sleep, in atomic context. */
export interface SleepQuestion {
  readonly caller: UnitFunction;
  readonly callee: string;
  /** Offset of the call. */
  readonly at: number;
  /** What is held there, as the caller names it. */
  readonly lock: string;
  /** What the caller's reading takes for true, and for false with a `!` before it. */
  readonly given: readonly string[];
  /** The callee is run by others, so that its own callees may ask for what it has set up for them. */
  readonly isHandler?: true;
}

/** Whether the callee really comes to sleep there, and by which of its calls; `unknown` where it is too large to tell. */
export type SleepAnswer =
  | { readonly kind: "sleeps"; readonly chain: SleepChain }
  | { readonly kind: "does not" }
  | { readonly kind: "unknown" };

const UNKNOWN: SleepAnswer = { kind: "unknown" };

/** Calls within calls that are looked into. */
const MAX_DEPTH = 5;

const RULES = rules.filter(({ property }) => property === noSleepInAtomic);

/** Searches the caller with the bodies of the callees that lead to the sleep in place of their calls. */
export async function confirmSleep(
  question: SleepQuestion,
  surroundings: Surroundings,
  sleepers: Sleepers,
): Promise<SleepAnswer> {
  // It stands in another file.
  if (!surroundings.unit.functions.some(({ name }) => name === question.callee)) return UNKNOWN;
  try {
    let found: SleepAnswer = { kind: "does not" };
    for (const bodies of await bodiesFrom(question, surroundings, sleepers)) {
      const answer = await answerWith(bodies, question, surroundings);
      if (answer.kind === "sleeps") return answer;
      if (answer.kind === "unknown") found = answer;
    }
    return found;
  } catch (error) {
    if (error instanceof NotModelled) return UNKNOWN;
    throw error;
  }
}

type Bodies = ReadonlyMap<string, InlineBody>;

async function answerWith(
  bodies: Bodies,
  question: SleepQuestion,
  surroundings: Surroundings,
): Promise<SleepAnswer> {
  const inline = inlineAt(question, bodies);
  const { readings } = await readFunction(question.caller, { ...surroundings, inline });
  const answers = readings
    .filter((each) => agree(each.given, question.given))
    .map((reading) => answerOf(reading.program("all"), question, surroundings.unit));
  const told = (kind: SleepAnswer["kind"]) => answers.find((each) => each.kind === kind);
  return told("sleeps") ?? told("unknown") ?? { kind: "does not" };
}

/** Whether one reading takes nothing for true that the other takes for false. */
function agree(one: readonly string[], other: readonly string[]): boolean {
  const opposite = (name: string) => (name.startsWith("!") ? name.slice(1) : `!${name}`);
  return !one.some((name) => other.includes(opposite(name)));
}

/** Readings of callees that are looked into. */
const MAX_READINGS = 5;

/**
 * The callee and all that it calls on a way to a sleep; of several definitions the first. Each as it reads where the
 * caller's reading holds: by the first such reading of all of them, by the second, and so on.
 */
async function bodiesFrom(
  { callee, given }: SleepQuestion,
  surroundings: Surroundings,
  sleepers: Sleepers,
): Promise<readonly Bodies[]> {
  const found = new Map<string, readonly InlineBody[]>();
  const todo = [callee];
  for (const name of todo) {
    const own = surroundings.unit.functions.find((each) => each.name === name);
    const readings = own ? (await readFunction(own, surroundings)).readings : [];
    const agreeing = readings.filter((each) => agree(each.given, given));
    const chosen = agreeing.length > 0 ? agreeing : readings.slice(0, 1);
    if (!own || chosen.length === 0) continue;
    found.set(
      name,
      chosen.map(({ statements }) => ({ name, parameters: own.parameters, statements })),
    );
    todo.push(...[...own.calls].filter((each) => sleepers.has(each) && !todo.includes(each)));
  }
  const nth = (which: number): Bodies =>
    new Map(
      [...found].flatMap(([name, each]) => {
        const body = each[which] ?? each[0];
        return body ? [[name, body] as const] : [];
      }),
    );
  const most = Math.max(1, ...[...found.values()].map(({ length }) => length));
  return Array.from({ length: Math.min(most, MAX_READINGS) }, (_, which) => nth(which));
}

function inlineAt({ at }: SleepQuestion, bodies: Bodies): Inline {
  return ({ call, around }) => {
    const name = calleeName(call) ?? "";
    const isWanted =
      around.length === 0 ? call.at === at : around.length < MAX_DEPTH && !around.includes(name);
    return isWanted ? bodies.get(name) : undefined;
  };
}

/**
 * A sleep counts that stands in a callee's body. One whose chain was not laid out to its end is not known, and neither
 * is one behind the release of a lock that was not taken: it may be the caller's, by another name.
 */
function answerOf(translation: Translation, question: SleepQuestion, unit: Unit): SleepAnswer {
  const { lock, callee, isHandler } = question;
  const { model, sites } = watch(translation, RULES);
  const { properties, capped } = exploreFunction(model, { maxStates: ENOUGH_STATES });
  const { nodes } = translation.plan.flow;
  const isInside = (transition: number) => nodes[translation.nodes[transition] ?? -1]?.callee !== undefined;
  const broken = properties.flatMap(({ property, verdict, run }) => {
    const site = sites.get(property);
    return verdict === "violated" && run && site && isInside(site.transition) ? [{ site, run }] : [];
  });
  const kept = broken.filter(({ run }) => !losesCount(run, translation));
  const certain = kept.find(
    ({ site, run }) =>
      (!site.event?.chain || site.event.confirmed) &&
      !site.event?.listed &&
      !asksWhatIsOpen(run, translation) &&
      !(isHandler && asksHowItIsRun(run, translation, callee)),
  );
  if (certain && !isGiven(lock, translation))
    return { kind: "sleeps", chain: chainTo(nodes[translation.nodes[certain.site.transition] ?? -1], unit) };
  return kept.length > 0 || capped ? UNKNOWN : { kind: "does not" };
}

/** The calls within a callee's body that lead to a step, itself last. */
function chainTo(node: FlowNode | undefined, { lines }: Unit): SleepChain {
  const site = node?.action.kind === "call" ? (node.action.site ?? "") : "";
  const calls = site.split("/").slice(1);
  return calls.flatMap((each) => {
    const [callee = "", at] = each.split("@");
    return at === undefined ? [] : [{ callee, line: lines.lineAt(Number(at)) }];
  });
}

/** Whether an unknown callee is given the lock, and may release it. */
function isGiven(lock: string, { plan: { flow } }: Translation): boolean {
  const named = (text: string) => /(?:->|\.)(\w+)$/.exec(text)?.[1] ?? text;
  return flow.nodes.some(
    ({ action }) =>
      action.kind === "forget" &&
      !action.conditionsStay &&
      action.variables.some((each) => lock !== "" && named(each) === named(lock)),
  );
}

/** Which operations an object has, of which the caller's may have others; or what two constants of other files come to. */
const OPEN_QUESTION = /\bops(?:->|\.)|^[A-Z][A-Z0-9_]* (?:&|[<>]=?|[=!]=) [A-Z][A-Z0-9_]*(?: in \w+\(\))?$/;

/** Whether it depends on what is open where it stands. */
const asksWhatIsOpen = (run: Run, translation: Translation): boolean =>
  transitionsOf(translation, run).some(({ transition: { decision } }) =>
    OPEN_QUESTION.test(decision?.subject ?? ""),
  );

/** A condition on what a caller may say for itself: whether it may wait. */
const MAY_WAIT = /\b\w*(?:wait|sleep|block|atomic)\w*\b(?!\()/i;
/** Where it is asked. */
const PLACE = / in \w+\(\)$/;
/** Bits that a caller gives to say how it wants it done; those of an object, where they must be set. */
const FLAGS_GIVEN = /^\w*flags\w* & /;
const FLAGS_SET = /(?:->|\.)\w*flags & /;
/** One arm of several that a field decides on. */
const STATE_OF = /^(\S+(?:->|\.)\w+) == \w+ in (\w+)\(\)$/;

/** Whether it depends on a state, or a wish to wait, that is asked for further down than in `handler`. */
function asksHowItIsRun(run: Run, translation: Translation, handler: string): boolean {
  const asked = transitionsOf(translation, run).flatMap(({ transition: { decision } }) => decision ?? []);
  const below = asked.filter(
    ({ subject }) => !subject.endsWith(` in ${handler}()`) && / in \w+\(\)$/.test(subject),
  );
  const states = below.flatMap(({ subject }) => STATE_OF.exec(subject)?.[1] ?? []);
  return (
    below.some((each) => MAY_WAIT.test(each.subject.replace(PLACE, "")) && each.alternative === "true") ||
    below.some(
      ({ subject, alternative }) =>
        FLAGS_GIVEN.test(subject) || (FLAGS_SET.test(subject) && alternative === "true"),
    ) ||
    states.some((each, at) => states.indexOf(each, at + 1) > at)
  );
}

/** Whether the run loses count of what its caller holds. */
function losesCount(run: Run, translation: Translation): boolean {
  const taken: number[] = [];
  const { keys } = translation.plan.calls;
  return transitionsOf(translation, run).some(({ transition }) =>
    ((transition.events ?? []) as readonly LockEvent[]).some(({ kind, key }) => {
      if (key === undefined) return false;
      // Where a context is entered again, how deep it is on that path is not told well enough.
      if (kind === "enter" && taken.includes(key)) return true;
      if (TAKES.has(kind)) taken.push(key);
      if (!RELEASES.has(kind)) return false;
      const at = taken.lastIndexOf(key);
      if (at >= 0) taken.splice(at, 1);
      return at < 0 && (kind !== "release" || keys[key]?.spinning === true);
    }),
  );
}

const TAKES: ReadonlySet<string> = new Set(["acquire", "enter", "map"]);
const RELEASES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);
