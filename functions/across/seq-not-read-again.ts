import { type Flow, readFunction } from "../../model/c/index.ts";
import type { UnitFunction } from "../../model/c/source/index.ts";
import { seqRetries } from "../../model/kernel/table/seqlock.ts";
import { NotModelled } from "../../model/not-modelled.ts";
import { type Finding, findingId } from "../finding.ts";
import type { UnitMoments } from "./unit-moments.ts";

const RETRY = new RegExp(`^(?:${[...seqRetries].join("|")})\\(.*, (\\w+)\\)$`);

/**
 * A reader that starts again after a writer, and does not read the sequence again: it never ends, as the count that it
 * began with does not come back. A hint.
 */
export async function seqNotReadAgain(
  file: string,
  { surroundings, unit }: UnitMoments,
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const each of unit.functions) {
    if (!isAsked(each.name) || ![...each.calls].some((name) => seqRetries.has(name))) continue;
    for (const flow of await flowsOf(each, surroundings)) {
      const at = stuckRetry(flow);
      if (at === undefined) continue;
      findings.push(told(file, unit, each, retryAt(unit.text, at)));
      break;
    }
  }
  return findings;
}

async function flowsOf(
  each: UnitFunction,
  surroundings: UnitMoments["surroundings"],
): Promise<readonly Flow[]> {
  try {
    const { readings } = await readFunction(each, surroundings);
    return readings.map(({ program }) => program("of calls").plan.flow);
  } catch (error) {
    if (error instanceof NotModelled) return [];
    throw error;
  }
}

const CALL = new RegExp(`\\b(?:${[...seqRetries].join("|")})\\s*\\(`, "g");

/** A loop that asks at its end is placed by its head. */
function retryAt(text: string, at: number): number {
  CALL.lastIndex = at;
  return CALL.exec(text)?.index ?? at;
}

/** The offset of a retry that leads to itself with the sequence as it was. */
function stuckRetry({ nodes }: Flow): number | undefined {
  for (const [node, { action, next, at }] of nodes.entries()) {
    const sequence = action.kind === "branch" ? RETRY.exec(action.text)?.[1] : undefined;
    if (sequence === undefined) continue;
    const seen = new Set<number>();
    const todo = [next];
    for (let here = todo.pop(); here !== undefined; here = todo.pop()) {
      if (here === node) return at;
      const each = nodes[here];
      if (!each || seen.has(here) || isWritten(each.action, sequence)) continue;
      seen.add(here);
      todo.push(each.next, each.otherwise);
    }
  }
  return undefined;
}

function isWritten(action: Flow["nodes"][number]["action"], name: string): boolean {
  if (action.kind === "forget") return action.variables.includes(name);
  return action.kind === "assign" && action.target === name;
}

function told(file: string, { lines }: UnitMoments["unit"], { name }: UnitFunction, at: number): Finding {
  const line = lines.lineAt(at);
  const text = lines.textOf(line);
  return {
    id: findingId("seq-not-read-again", name, "", text),
    rule: "seq-not-read-again",
    confidence: "audit",
    ...{ file, line, function: name, lock: "" },
    message: "starts again after a writer with the sequence that it read before: it never ends",
    path: [{ line, text }],
  };
}
