import { isNamed, type Key, type Translation } from "../model/c/index.ts";
import { isByName } from "../model/c/knowledge/index.ts";
import { type Annotation, declaredNets } from "../model/c/source/index.ts";
import { type Exit, type Net, netOf } from "./exit.ts";
import { exitFinding, nameOf } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import { pathOf } from "./path.ts";

/** Exits that leave a lock otherwise than the function's annotations say, the first for each lock. */
export function annotationMismatches(
  translation: Translation,
  exits: readonly Exit[],
  annotations: readonly Annotation[],
): readonly Finding[] {
  const { calls, flow } = translation.plan;
  return [...declaredNets(annotations)].flatMap(([lock, declared]) => {
    const key = calls.keys.find((each) => isNamed(each, lock));
    if (!key || isOptional(key, flow)) return [];
    const ways = exits.map((exit) => ({ exit, net: netOf(exit.statuses[key.index]) }));
    const broken = ways.find((way) => way.net !== undefined && breaks(way, declared, ways));
    if (!broken) return [];
    const message = `${declaredText(declared)}, but returns here otherwise: ${nameOf(key)}`;
    const finding = exitFinding(translation, broken.exit.end.run(), nameOf(key), message);
    const kept = ways.filter(({ net }) => net === declared).map(({ exit }) => exit);
    const isTold =
      broken.exit.returns === "any" && !kept.some((each) => returnsSame(each, broken.exit, translation));
    const isSure = declared > 0 && !isTold && !isByName(key.object);
    return [isSure ? { ...finding, confidence: "hard" } : finding];
  });
}

interface Way {
  readonly exit: Exit;
  readonly net: Net | undefined;
}

/** What takes or releases a lock often does so on success alone: the result has to leave that open. */
function breaks({ exit, net }: Way, declared: number, all: readonly Way[]): boolean {
  if (net === declared) return false;
  return declared === 0 || all.some((way) => way.net === declared && looksAlike(way.exit, exit));
}

/** A variable's value, or what a call returns, may well tell the caller; a member that nothing here changes does not. */
function returnsSame(exit: Exit, other: Exit, translation: Translation): boolean {
  const textOf = ({ end }: Exit) => pathOf(translation, end.run(), "exit").at(-1)?.text;
  const text = textOf(exit);
  return text !== undefined && /^return\s+\w+(?:(?:->|\.)\w+)+;$/.test(text) && text === textOf(other);
}

/** A pointer that is followed on one way only is as good on the other. */
function looksAlike({ returns }: Exit, other: Exit): boolean {
  return returns === other.returns || (returns === "positive" && other.returns === "any");
}

/** Where there is no such lock, its pointer is NULL. */
function isOptional({ text }: Key, { nodes }: Translation["plan"]["flow"]): boolean {
  return nodes.some(
    ({ action }) =>
      action.kind === "branch" && "variable" in action.condition && action.condition.variable === text,
  );
}

function declaredText(declared: number): string {
  if (declared === 0) return "is said to come with a lock and to return with it";
  return declared > 0 ? "is said to return with a lock that it takes" : "is said to release a lock";
}
