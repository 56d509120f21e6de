import { tableKnowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { calledNames } from "../model/c/source/index.ts";
import type { DiffLine } from "./diff/diff.ts";
import type { PlacedFinding } from "./judge/place.ts";

/**
 * The removed line nearest to the site, within the lines of the path, with a call on the finding's lock that no
 * added line makes up for; undefined where there is none.
 */
export function goneCall(lines: readonly DiffLine[], finding: PlacedFinding): number | undefined {
  const passed = finding.path.map(({ line }) => line);
  const [first, last] = [Math.min(...passed, finding.line), Math.max(...passed, finding.line)];
  const found = lines.flatMap((line, at) => {
    const place = placeOfRemoved(lines, at);
    const isWithin = first <= place && place <= last;
    return isWithin && isGone(line, lines, finding.lock)
      ? [{ at, distance: Math.abs(place - finding.line) }]
      : [];
  });
  return found.sort((one, other) => one.distance - other.distance)[0]?.at;
}

function isGone({ kind, text }: DiffLine, lines: readonly DiffLine[], lock: string): boolean {
  if (kind !== "removed") return false;
  const names = lockCalls(text).filter((name) => isNamed(text, lock) || isContext(name, lock));
  return names.some((name) => calls(lines, "removed", name) > calls(lines, "added", name));
}

/** The last name of the lock stands in the line. */
function isNamed(text: string, lock: string): boolean {
  const name = /(\w+)\W*$/.exec(lock)?.[1];
  return name !== undefined && new RegExp(`\\b${name}\\b`).test(text);
}

/** `rcu_read_unlock()` names nothing: the table says which context it is about. */
const isContext = (name: string, lock: string): boolean =>
  (tableKnowledge.find(name, [])?.outcomes ?? []).some(({ does }) =>
    does.some(({ operation }) => "object" in operation && operation.object === lock),
  );

const lockCalls = (text: string): readonly string[] =>
  [...calledNames(text)].filter((name) => takesLocks(tableKnowledge, name));

const calls = (lines: readonly DiffLine[], kind: DiffLine["kind"], name: string): number =>
  lines.filter((line) => line.kind === kind && lockCalls(line.text).includes(name)).length;

/** Where a removed line would stand in the file as it is now. */
const placeOfRemoved = (lines: readonly DiffLine[], at: number): number =>
  lines[at]?.newLine ?? lines.slice(0, at).findLast(({ newLine }) => newLine !== undefined)?.newLine ?? 0;
