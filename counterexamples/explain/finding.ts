import { transitionOf } from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Evidence, Finding } from "../../functions/finding.ts";
import type { Assertion, Model } from "../../model/ir/model.ts";
import { attempt } from "../shrink/attempt.ts";
import { withFewestDecisions } from "../shrink/decisions.ts";
import { scriptOf } from "../shrink/script.ts";
import { execute } from "../trace/execution.ts";
import { otherMoves } from "./alternative.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explanation.ts";

/** Why a path through a C function breaks a rule. */
export interface FindingExplanation extends Explanation {
  /** Only the decisions that matter: with any other one the same path breaks nothing. */
  readonly decisive: readonly Decided[];
}

/** A decision as the source has it. */
export interface Decided {
  readonly line: number;
  readonly subject: string;
  readonly alternative: string;
}

/** Larger functions keep the path that they were found with. */
const LIMITS = { maxStates: 20_000 };

/** Undefined for a finding that is about several paths, or whose evidence was not kept. */
export function explainFinding({ rule, evidence }: Finding): FindingExplanation | undefined {
  if (!evidence) return undefined;
  const { property, jumps } = evidence;
  const model = withOneSite(evidence, rule);
  const run = withFewestDecisions(model, property, evidence.run, LIMITS);
  const { steps } = execute(model, run);
  const decisive = decisiveSteps(model, property, run).flatMap((number): readonly Decided[] => {
    const { decision, source } = steps[number - 1]?.transition ?? {};
    return decision ? [{ line: source?.line ?? 0, ...decision }] : [];
  });
  return { ...withJumps(explain(model, property, run), run.moves, jumps), decisive };
}

/** A rule is judged at each transition by itself; those of one place, the outcomes of a call, are one to us. */
function withOneSite({ model, property, run }: Evidence, rule: string): Model {
  const [program] = model.programs;
  const site = program?.transitions[run.moves.at(-1)?.transition ?? -1];
  if (!program || !site) return model;
  const renamed = (each: Assertion) =>
    each.property.startsWith(`${rule} at `) ? { ...each, property } : each;
  const transitions = program.transitions.map((each) =>
    each.from === site.from && each.assertions ? { ...each, assertions: each.assertions.map(renamed) } : each,
  );
  return { ...model, programs: [{ ...program, transitions }] };
}

/** A branch is told with the jump that it takes: `if (err) continue;`. */
function withJumps(
  explanation: Explanation,
  moves: readonly { readonly transition: number }[],
  jumps: readonly (readonly { readonly text?: string }[])[],
): Explanation {
  const { guilty } = explanation;
  if (!guilty?.source) return explanation;
  const taken = jumps[moves[guilty.step - 1]?.transition ?? -1] ?? [];
  const text = [guilty.source.text?.trim().replace(/\s*\{$/, ""), ...taken.map((jump) => jump.text)]
    .filter(Boolean)
    .join(" ");
  return { ...explanation, guilty: { ...guilty, source: { ...guilty.source, text } } };
}

/**
 * The steps (from 1) whose decision matters: the same run with any other one, followed by what else it
 * does as far as that goes, does not violate the property. Found by replay alone.
 */
export function decisiveSteps(model: Model, property: string, run: Run): readonly number[] {
  const { initial, intents } = scriptOf(model, run);
  const { steps } = execute(model, run);
  const saves = (at: number, move: Move) => {
    const intent = { ...move, label: transitionOf(model, move).label };
    return attempt(model, property, { initial, intents: intents.with(at, intent) }) === undefined;
  };
  return steps.flatMap((step, at) => {
    const others = step.transition.decision ? otherMoves(model, step) : [];
    return others.length > 0 && others.every((move) => saves(at, move)) ? [at + 1] : [];
  });
}

/** Why a path breaks its rule, in lines: what turned it, where, and which decisions matter. */
export function findingLines(finding: Finding): readonly string[] {
  const explained = explainFinding(finding);
  if (!explained) return [];
  const { pivot, guilty, decisive } = explained;
  const source = guilty?.source;
  return [
    ...(pivot
      ? [
          `pivot: ${pivot.subject} -> ${pivot.taken}; had it been '${pivot.instead}', nothing would be violated`,
        ]
      : ["pivot: no single outcome or branch would have saved it"]),
    ...(source ? [`guilty line: ${source.line}  ${source.text ?? ""}`] : []),
    ...(decisive.length > 0 ? ["decisions that matter:", ...decisive.map(decisionText)] : []),
  ];
}

const decisionText = ({ line, subject, alternative }: Decided): string =>
  `${String(line).padStart(5)}  ${subject} -> ${alternative}`;
