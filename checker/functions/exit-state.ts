import type { Key } from "../../model/c/program/key.ts";
import type { ReturnedClass } from "../../model/c/program/returned.ts";
import type { Translation } from "../../model/c/program/translate.ts";
import { type Exit, type Net, netOf } from "./exit.ts";
import { type Finding, findingId } from "./finding.ts";
import { pathOf, transitionsOf } from "./path.ts";

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
export function exitStates(translation: Translation, exits: readonly Exit[]): readonly ExitState[] {
  const states = new Map<string, ExitState>();
  for (const exit of exits) {
    for (const key of translation.plan.bound.keys) {
      const net = netOf(exit.statuses[key.index]);
      const look = `${exit.returns} ${key.index} ${net}`;
      if (net === undefined || states.has(look)) continue;
      const about = { returns: exit.returns, lock: nameOf(key), net };
      states.set(look, { ...about, finding: () => findingAt(translation, exit, key, net) });
    }
  }
  return [...states.values()];
}

const nameOf = ({ text, object }: Key): string => (text === "context" ? object : text);

function findingAt(translation: Translation, exit: Exit, key: Key, net: Net): Finding {
  const run = exit.end.run();
  const passed = transitionsOf(translation, run);
  const source = passed.findLast(({ transition }) => transition.source)?.transition.source;
  const [lock, name] = [nameOf(key), translation.model.name];
  const how =
    net === 1 ? "returns with a lock that it has taken" : "returns having released a lock that it came with";
  return {
    id: findingId("exit-imbalance", name, lock, source?.text ?? ""),
    rule: "exit-imbalance",
    confidence: "audit",
    file: source?.file ?? "",
    line: source?.line ?? 0,
    function: name,
    lock,
    message: `${how}: ${lock}`,
    path: pathOf(translation, run),
  };
}
