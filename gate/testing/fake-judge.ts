import { blankOpaque, linesOf, scanFunctions } from "../../model/c/source/index.ts";
import type { Judge } from "../judge/judge.ts";

/**
 * Finds each call `bug_RULE(LOCK)`: what comparing, baselines and formats are tested with, apart from the
 * checker. The path to it is every call of its function up to there.
 */
export const fakeJudge: Judge = async ({ file, text }, wanted) => {
  const functions = scanFunctions(blankOpaque(text)).filter(({ name }) => wanted.includes(name));
  const { lineAt, textOf } = linesOf(text);
  const findings = functions.flatMap(({ name, bodyStart, bodyEnd }) => {
    const calls = [...text.slice(bodyStart, bodyEnd).matchAll(/\b(\w+)\(([^()]*)\)/g)];
    const steps = calls.map((call) => ({ line: lineAt(bodyStart + call.index), call }));
    return steps.flatMap(({ line, call: [, callee = "", lock = ""] }, at) => {
      const rule = /^bug_(\w+)$/.exec(callee)?.[1];
      if (rule === undefined) return [];
      const path = steps.slice(0, at + 1).map((step) => ({ line: step.line, text: textOf(step.line) }));
      const id = [rule, name, lock, textOf(line)].join(" | ");
      const common = { id, rule, confidence: "hard" as const, file, line, function: name };
      return [{ ...common, lock, message: `${rule} of ${lock}`, path: path.slice(-1) }];
    });
  });
  const counts = {
    seen: functions.length,
    modelled: functions.length,
    skipped: [],
    capped: [],
    searched: [],
  };
  return { findings, functions: counts, assumed: [], bounds: [] };
};
