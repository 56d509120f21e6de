import type { Run } from "../checker/result.ts";
import type { Key } from "../model/c/calls/key.ts";
import type { Translation } from "../model/c/program/translate.ts";
import { type Finding, findingId } from "./finding.ts";
import { pathOf, transitionsOf } from "./path.ts";

/** How a finding calls a lock, or a context that is entered by itself. */
export const nameOf = (key: Key | undefined): string =>
  key?.text === "context" ? key.object : (key?.text ?? "");

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
