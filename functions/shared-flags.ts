import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { CallText, Unit, UnitFunction } from "../model/c/source/index.ts";
import { irqFlagsMismatch } from "../properties/irq-flags-mismatch.ts";
import { type Finding, findingId } from "./finding.ts";

/** At the start of a line: within functions lines are indented. */
const VARIABLE = /^(?:static\s+)?unsigned\s+long\s+(\w+)\s*(?:=\s*\w+\s*)?;/gm;

/**
 * Interrupt flags that a variable of the file keeps for several functions: whoever saves there in between
 * decides with what the other goes on. A lock that guards the variable as well makes it right: a hint.
 */
export function sharedFlags(file: string, unit: Unit, known: Knowledge): readonly Finding[] {
  const shared = new Set([...unit.text.matchAll(VARIABLE)].flatMap(([, name]) => name ?? []));
  if (shared.size === 0) return [];
  const saves = unit.functions.flatMap((each) => savesIn(each, known));
  return [...shared].flatMap((flags) => {
    const first = new Map(
      saves
        .filter((save) => save.flags === flags)
        .map((save) => [save.function.name, save] as const)
        .reverse(),
    );
    return first.size < 2 ? [] : [...first.values()].map((save) => findingAt(file, unit, save));
  });
}

interface Save {
  readonly function: UnitFunction;
  readonly flags: string;
  readonly at: number;
}

function savesIn(each: UnitFunction, known: Knowledge): readonly Save[] {
  return each.ownCalls.flatMap((call) => {
    const flags = flagsOf(call, known);
    return flags === undefined ? [] : [{ function: each, flags, at: each.bodyStart + call.at }];
  });
}

/** The argument that a call saves interrupt flags in. */
function flagsOf({ name, arguments: all }: CallText, known: Knowledge): string | undefined {
  const operations = (known.find(name, [])?.outcomes ?? []).flatMap(({ does }) => does);
  const save = operations.find(({ operation }) => operation.kind === "save")?.operation;
  const operand = save && "operand" in save ? save.operand : undefined;
  return typeof operand === "number" ? all.split(",")[operand] : undefined;
}

function findingAt(file: string, { text, lines }: Unit, { function: { name }, flags, at }: Save): Finding {
  const line = lines.lineAt(at);
  const statement = text.slice(at, text.indexOf(";", at) + 1);
  return {
    id: findingId(irqFlagsMismatch.name, name, flags, statement),
    rule: irqFlagsMismatch.name,
    confidence: "audit",
    file,
    line,
    function: name,
    lock: flags,
    message: `interrupt flags are saved in a variable of the file, where other functions save theirs: ${flags}`,
    path: [{ line, text: statement }],
  };
}
