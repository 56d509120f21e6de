import type { Finding } from "../../functions/finding.ts";
import type { Judgement } from "./judged.ts";

/** What is said of a caller by the callee's summary, and with its body in place of the call. */
export interface Readings {
  readonly caller: string;
  readonly callee: string;
  readonly bySummary: Judgement;
  /** What is said of the callee itself, where it stands. */
  readonly ofCallee: Judgement;
  readonly inlined: Judgement;
  /** By the names of the callee's parameters what stands for them. */
  readonly given: ReadonlyMap<string, string>;
}

export type Outcome = "same" | "summary misses" | "extra" | "unknown" | "no oracle";

export interface Compared {
  readonly outcome: Outcome;
  /** Rules and locks that only one reading has. */
  readonly missed: readonly string[];
  readonly extra: readonly string[];
  /** What the inlined reading finds. */
  readonly found: number;
  /** Where the call is named as one of which not all is known, whatever is found. */
  readonly named: readonly string[];
}

/** Rules that one mistake about one lock breaks, depending on where on the path it is seen. */
const BALANCE: ReadonlySet<string> = new Set([
  ...[
    "double-lock",
    "double-unlock",
    "release-not-held",
    "wrong-mode",
    "exit-imbalance",
    "folio-lock-balanced",
  ],
  ...["rcu-balanced", "preempt-balanced", "irq-flags-mismatch"],
]);

/** What a report says is not judged yet, whoever calls whom: it depends on what else stands in the file. */
const NOT_JUDGED: ReadonlySet<string> = new Set(["lock-order", "irq-safety"]);

export function compareReadings(readings: Readings): Compared {
  const { bySummary, ofCallee, inlined, caller, callee, given } = readings;
  const of = (result: Judgement, name: string) => mistakesOf(result, name, given);
  const [summary, own, laid] = [of(bySummary, caller), of(ofCallee, callee), of(inlined, caller)];
  const isAmong = (mistake: Mistake, others: readonly Mistake[]) =>
    mistake.some((each) => others.flat().some((other) => isAlike(each, other)));
  // What the callee does wrong by itself is told there, and not of each caller again: nor what its lock leads to further on.
  const ofOwnLock = (mistake: Mistake) =>
    mistake.some(({ lock }) => own.flat().some((other) => lock === other.lock));
  const missed = laid.filter((each) => !isAmong(each, summary) && !ofOwnLock(each));
  const extra = summary.filter((each) => !isAmong(each, laid));
  const named = namedUnknown(readings);
  const told = { missed: textsOf(missed), extra: textsOf(extra), found: laid.length, named };
  if (isUnsearched(inlined, caller)) return { ...told, outcome: "no oracle" };
  if (named.length > 0 && (laid.length === 0 || missed.length > 0)) return { ...told, outcome: "unknown" };
  if (missed.length > 0) return { ...told, outcome: "summary misses" };
  return { ...told, outcome: extra.length > 0 ? "extra" : "same" };
}

/** A finding with what it leads to, which is told with it. */
type Mistake = readonly Look[];

function mistakesOf({ findings }: Judgement, name: string, given: Readings["given"]): readonly Mistake[] {
  const own = findings.filter((each) => each.function === name && !NOT_JUDGED.has(each.rule));
  return own.map((each) => [each, ...(each.consequences ?? [])].map((one) => looksLike(one, given)));
}

const isAlike = (one: Look, other: Look): boolean => one.lock === other.lock && one.family === other.family;

interface Look {
  readonly rule: string;
  readonly family: string;
  readonly lock: string;
}

const textsOf = (mistakes: readonly Mistake[]): readonly string[] => [
  ...new Set(mistakes.flatMap(([first]) => (first ? [`${first.rule} ${first.lock}`.trim()] : []))),
];

/** One lock has one name: the last of its path, by the argument where that leads to it. */
function looksLike({ rule, lock }: Finding, given: ReadonlyMap<string, string>): Look {
  const root = /\w+/.exec(lock)?.[0] ?? "";
  const name = given.has(root) && !/->|\./.test(lock) ? (given.get(root) ?? "") : lock;
  return { rule, family: BALANCE.has(rule) ? "balance" : rule, lock: /(\w+)\W*$/.exec(name)?.[1] ?? name };
}

const isUnsearched = ({ functions: { skipped, capped } }: Judgement, name: string): boolean =>
  [...skipped, ...capped].some((each) => each.function === name);

/** Where the call is named as one of which not all is known. */
function namedUnknown({ bySummary, caller, callee }: Readings): readonly string[] {
  const isAbout = (text: string) =>
    new RegExp(`\\b${callee}\\b`).test(text.replace(/^\S+ /, "")) &&
    (!/^\S+ \w+\(\):/.test(text) || text.includes(` ${caller}():`));
  const { skipped, capped } = bySummary.functions;
  const unsearched = [...skipped, ...capped].filter((each) => each.function === caller);
  return [
    ...[...bySummary.bounds, ...bySummary.assumed, ...bySummary.left.map((each) => `of ${each}`)].filter(
      isAbout,
    ),
    ...unsearched.map(({ reason }) => `${caller}() was not searched: ${reason}`),
  ];
}
