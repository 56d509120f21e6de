import { expressionText } from "../../ir/expression-text.ts";
import { updateText } from "../../ir/update-text.ts";
import type { Key } from "../calls/key.ts";
import {
  acquired,
  assumed,
  entered,
  handedOn,
  irqsRestored,
  irqsSet,
  left,
  moved,
  movedOn,
  refused,
  released,
  relocked,
  saidToBeTaken,
} from "../status/changes.ts";
import { copied, givenByLoop, passedOver, takenByLoop } from "../status/names.ts";
import { HELD, HELD_EXCLUSIVE, statusIn } from "../status/status.ts";

/** What operations make of a lock's status, by name; the test of the statuses has what each of them does. */
export const statusChanges = (key: Key) =>
  [
    ["acquired", acquired(key, false)],
    ["acquired for reading", acquired(key, true)],
    ["entered", entered(key, false)],
    ["entered once more", entered(key, true)],
    ["released", released(key)],
    ["left", left(key)],
    ["off", irqsSet(key, true)],
    ["on", irqsSet(key, false)],
    ["as saved", irqsRestored(key)],
    ["handed on", handedOn(key)],
    ["moved", moved(key)],
    ["moved on", movedOn(key, true)],
    ["moved on or back", movedOn(key, false)],
    ["copied", copied(key)],
    ["passed over", passedOver(key)],
    ["taken by a loop", takenByLoop(key)],
    ["given by a loop", givenByLoop(key)],
    ["refused", refused(key)],
    ["assumed", assumed(key, false)],
    ["assumed for reading", assumed(key, true)],
    ["said to be taken", saidToBeTaken(key)],
    ["taken anyhow", relocked(key, true)],
    ["released anyhow", relocked(key, false)],
  ] as const;

/** Long texts about a lock's status and what goldens have in their place. */
export function statusNames(key: Key): ReadonlyMap<string, string> {
  const variable = `${key.object} ${key.text}`;
  return new Map([
    // Two that do the same are called by the first of their names.
    ...[...statusChanges(key)]
      .reverse()
      .map(([name, update]) => [updateText(update), `${variable}: ${name}`] as const),
    [expressionText(moved(key).value), "moved"],
    [expressionText(movedOn(key, true).value), "moved on"],
    [expressionText(movedOn(key, false).value), "moved on or back"],
    [expressionText(statusIn(key, HELD)), `${variable} is HELD`],
    [expressionText(statusIn(key, HELD_EXCLUSIVE)), `${variable} is HELD_EXCLUSIVE`],
  ]);
}
