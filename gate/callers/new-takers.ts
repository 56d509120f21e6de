import { type CallEffect, type PlacedOperation, tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { ChangedEffect } from "./changed-effects.ts";
import { compareEffects } from "./effect-change.ts";

/**
 * Functions of one file, of those that were judged, that since the change take a lock and give it back: a caller that
 * holds it waits for itself. What they leave their callers is as it was.
 */
export function newTakers({ pair, names, reports }: PairJudgement): readonly ChangedEffect[] {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const graph = callGraph(after.text, after.file);
  const known = callGraph(before.text, before.file).parameters;
  return names.flatMap((name) => {
    const parameters = graph.parameters.get(name);
    if (!parameters || !known.has(name) || tableKnowledge.matters(name)) return [];
    const [was, is] = [reports.before, reports.after].map(({ effects }) => effects?.get(name));
    const old = new Set(passedBy(was).map(textOf));
    const fresh = passedBy(is).filter((each) => !old.has(textOf(each)));
    if (fresh.length === 0 || compareEffects(was, is, parameters).kind !== "same") return [];
    const isOwn = fresh.every((each) => isOfFile(each, after.text));
    const effect = { before: was, after: is, private: isOwn || graph.private.has(name) };
    const change = { lock: "", words: "takes a lock and releases it", neutral: true };
    return [{ name, file: after.file, side: "after", change, ...effect }];
  });
}

/**
 * Functions of one file that since the change take or release a caller's lock by a call that switches bottom halves or
 * interrupts otherwise: what the caller calls for the other half no longer fits.
 */
export function newVariants({ pair, names, reports }: PairJudgement): readonly ChangedEffect[] {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const graph = callGraph(after.text, after.file);
  return names.flatMap((name) => {
    const parameters = graph.parameters.get(name);
    const [was, is] = [reports.before, reports.after].map(({ effects }) => effects?.get(name));
    const isSame = JSON.stringify(was?.switches) === JSON.stringify(is?.switches);
    if (!was || !is || !parameters || isSame || tableKnowledge.matters(name)) return [];
    if (compareEffects(was, is, parameters).kind !== "same") return [];
    const change = { lock: "", words: "takes or releases its lock by another variant", neutral: true };
    const about = {
      name,
      file: after.file,
      side: "after",
      change,
      private: graph.private.has(name),
    } as const;
    return [{ ...about, before: was, after: is }];
  });
}

/** The locks that are taken and given back within, on each way or on some. */
export const passedBy = (effect: CallEffect | undefined): readonly PlacedOperation[] =>
  (effect?.outcomes ?? []).flatMap(({ does, mayPass = [] }) => [
    ...does.filter(({ operation: { kind } }) => kind === "acquire-release"),
    ...mayPass,
  ]);

/** A static variable: callers in other files cannot hold it. */
function isOfFile({ operation, path = "" }: PlacedOperation, text: string): boolean {
  const root = /^\w+/.exec(path)?.[0];
  if (root === undefined || ("operand" in operation && operation.operand !== undefined)) return false;
  return new RegExp(`^static\\b[^;{}()=]*(?:\\(\\s*)?\\b${root}\\b\\s*[;,)=\\[]`, "m").test(text);
}

function textOf({ operation, path = "" }: PlacedOperation): string {
  const operand = "operand" in operation ? (operation.operand ?? "") : "";
  return `${operation.object} ${operand}${path}`;
}
