import type { Surroundings } from "../../model/c/index.ts";
import { type CallText, callsIn, splitTop, type UnitFunction } from "../../model/c/source/index.ts";
import { waitsForCondition } from "../../model/kernel/table/sleep.ts";
import { type Finding, findingId } from "../finding.ts";

/**
 * The condition of a wait sleeps: it is evaluated while the task is already set to sleep, and sleeping in it loses that
 * state, or the wake-up. A hint, as the kernel only warns of it.
 */
export function sleepInCondition(
  file: string,
  surroundings: Surroundings,
  isAsked: (name: string) => boolean,
): readonly Finding[] {
  const { unit } = surroundings;
  return unit.functions.flatMap((each) => {
    if (!isAsked(each.name) || ![...each.calls].some(waitsForCondition)) return [];
    const waits = callsIn(unit.text.slice(each.bodyStart, each.bodyEnd)).filter(({ name }) =>
      waitsForCondition(name),
    );
    return waits.flatMap((wait) => {
      const callee = sleepingCallee(wait, surroundings);
      return callee === undefined ? [] : [told(file, surroundings, each, { wait, callee })];
    });
  });
}

function sleepingCallee({ arguments: given }: CallText, { known }: Surroundings): string | undefined {
  const condition = splitTop(given)[1] ?? "";
  const sleeps = ({ name, callee }: CallText) =>
    name === callee &&
    (known.find(name, [])?.outcomes ?? []).some(({ does }) =>
      does.some(({ operation: { kind }, listed }) => listed !== "doubtful" && SLEEPS.has(kind)),
    );
  return callsIn(condition).find(sleeps)?.name;
}

const SLEEPS: ReadonlySet<string> = new Set(["may-sleep", "schedule"]);

function told(
  file: string,
  { unit: { lines } }: Surroundings,
  { name, bodyStart }: UnitFunction,
  { wait, callee }: { readonly wait: CallText; readonly callee: string },
): Finding {
  const line = lines.lineAt(bodyStart + wait.at);
  const text = lines.textOf(line);
  return {
    id: findingId("sleep-in-condition", name, "", text),
    rule: "sleep-in-condition",
    confidence: "audit",
    ...{ file, line, function: name, lock: "" },
    message: `${callee}() may sleep, in a condition that ${wait.name}() evaluates while the task is set to sleep`,
    path: [{ line, text }],
  };
}
