import { TASK } from "../../../model/ir/domain.ts";
import type { SlotCodec } from "../../backends/table/slot-codec.ts";
import type { Rule } from "../../ground/ground-problem.ts";
import { initialStates } from "../../interpret/initial-states.ts";
import { required } from "../../interpret/model-index.ts";
import type { Problem } from "../../problem.ts";
import type { Move, Run } from "../../result.ts";
import { pack } from "../../store/packing.ts";
import type { Canonicalizer } from "../symmetry/canonical.ts";
import { identity, type Renaming } from "../symmetry/renaming.ts";
import type { ReducedTable } from "./reduced-table.ts";

export interface Reduced {
  readonly problem: Problem;
  readonly table: ReducedTable;
  readonly codec: SlotCodec;
  readonly canonicalizer: Canonicalizer;
}

/**
 * A run of the model itself along stored states: merged moves are told one by one, and every exchange of
 * members is undone by carrying on who each member of a stored state really is.
 */
export function concreteRun(reduced: Reduced, path: readonly Uint32Array[], check?: number): Run {
  const start = startOf(reduced, required(path[0], "an empty path"));
  let { who } = start;
  const moves: Move[] = [];
  for (let position = 1; position < path.length; position++) {
    const [from, to] = [path[position - 1], path[position]];
    if (!from || !to) throw new Error("a gap in the path");
    const rules = movesBetween(reduced, from, to);
    for (const rule of rules) moves.push(moveOf(rule, who, reduced));
    who = who.behind(reduced.canonicalizer.permutation);
  }
  const last = check === undefined ? undefined : violatingRule(reduced, path.at(-1), check);
  return { initial: start.initial, moves: last ? [...moves, moveOf(last, who, reduced)] : moves };
}

function startOf(reduced: Reduced, words: Uint32Array): { initial: number; who: Renaming } {
  const { problem, codec, canonicalizer } = reduced;
  const { model, layout } = problem;
  const packed = new Uint32Array(layout.words);
  const initial = initialStates(model).findIndex((state) => {
    pack(model, layout, state, packed);
    return same(chosen(reduced, codec.read(packed)), words);
  });
  if (initial < 0) throw new Error("a stored path starts in no initial state");
  return { initial, who: identity(canonicalizer.map).behind(canonicalizer.permutation) };
}

/** The moves from one stored state to the next; leaves the exchange at their end in the canonicalizer. */
function movesBetween(reduced: Reduced, from: Uint32Array, to: Uint32Array): readonly Rule[] {
  const found: { moves: readonly Rule[]; exchange: Int32Array }[] = [];
  reduced.table.expand(reduced.codec.read(from).slice(), {
    seen: () => {},
    ended: () => {},
    moved: () => {},
    arrived: (values, moves) => {
      if (!same(chosen(reduced, values), to)) return;
      found.push({ moves: [...moves], exchange: reduced.canonicalizer.permutation.slice() });
    },
  });
  const { moves, exchange } = required(found[0], "a stored state does not follow from the one before");
  reduced.canonicalizer.permutation.set(exchange);
  return moves;
}

function chosen({ codec, canonicalizer }: Reduced, values: Int32Array): Uint32Array {
  canonicalizer.canonicalize(values);
  return codec.pack(values);
}

function violatingRule({ problem, table, codec }: Reduced, words: Uint32Array | undefined, check: number) {
  const judged = problem.checks[check];
  if (!words || judged?.kind !== "assertion") return undefined;
  const values = codec.read(words);
  return required(table.violating(values, check), "no move violates the check in the state found");
}

function moveOf({ task, transition, choice }: Rule, who: Renaming, { problem }: Reduced): Move {
  const numbered = required(problem.transitions[transition], `no transition ${transition}`);
  const move = { task: who.real(TASK, task), transition: numbered.position };
  const domain = numbered.transition.choice?.domain;
  if (choice === undefined || !domain) return move;
  return { ...move, choice: domain.kind === "id" ? who.real(domain.set, choice) : choice };
}

function same(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((word, position) => word === other[position]);
}
