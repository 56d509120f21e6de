import type { Run } from "../checker/result.ts";
import { asInSource, isPrivate, type Key, type ReturnedClass, type Translation } from "../model/c/index.ts";
import { type Exit, type Net, netOf } from "./exit.ts";
import { type Finding, findingId } from "./finding.ts";
import { pathOf, transitionsOf } from "./path.ts";

/** How a finding calls a lock, or a context that is entered by itself. */
export const nameOf = (key: Key | undefined): string =>
  key?.text === "context" ? key.object : asInSource(key?.text ?? "");

/** The finding that a run leaves a lock in a way that it should not, with the path there. */
export function exitFinding(translation: Translation, run: Run, lock: string, message: string): Finding {
  const { name } = translation.model;
  const passed = transitionsOf(translation, run);
  const source = passed.findLast(({ transition }) => transition.source)?.transition.source;
  return {
    id: findingId("exit-imbalance", name, lock, source?.text ?? ""),
    rule: "exit-imbalance",
    confidence: "audit",
    file: source?.file ?? "",
    line: source?.line ?? 0,
    function: name,
    lock,
    message,
    path: pathOf(translation, run, "exit"),
  };
}

/** What a function has done to one lock where it returns; for comparing a function with what it was. */
export interface ExitState {
  readonly returns: ReturnedClass;
  /** As the function names it. */
  readonly lock: string;
  readonly net: Net;
  /** The finding that this way out is wrong, with the path there. */
  finding(): Finding;
}

/** The ways out, lock by lock; of a lock whose state is not known there, nothing is said. */
export function exitStates(
  translation: Translation,
  exits: readonly Exit[],
  told = (finding: Finding): Finding => finding,
): readonly ExitState[] {
  const states = new Map<string, ExitState>();
  for (const exit of exits) {
    for (const key of translation.plan.calls.keys) {
      const net = netOf(exit.statuses[key.index]);
      const look = `${exit.returns} ${key.index} ${net}`;
      if (isPrivate(key) || net === undefined || states.has(look)) continue;
      const about = { returns: exit.returns, lock: nameOf(key), net };
      states.set(look, { ...about, finding: () => told(findingAt(translation, exit, key, net)) });
    }
  }
  return [...states.values()];
}

function findingAt(translation: Translation, exit: Exit, key: Key, net: Net): Finding {
  const how =
    net === 1 ? "returns with a lock that it has taken" : "returns having released a lock that it came with";
  const lock = nameOf(key);
  return exitFinding(translation, exit.end.run(), lock, `${how}: ${lock}`);
}
