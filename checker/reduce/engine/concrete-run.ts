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

/** Whether a packed state is the one that was kept. */
type Matches = (words: Uint32Array, kept: Uint32Array) => boolean;

/**
 * A run of the model itself along what is kept of stored states: merged moves are told one by one, and every
 * exchange of members is undone by carrying on who each member of a stored state really is.
 */
export function concreteRun(
  reduced: Reduced,
  path: readonly Uint32Array[],
  check?: number,
  matches: Matches = same,
): Run {
  const start = startOf(reduced, required(path[0], "an empty path"), matches);
  let { who } = start;
  let words: Uint32Array = start.words;
  const moves: Move[] = [];
  for (const kept of path.slice(1)) {
    const next = movesBetween(reduced, words, kept, matches);
    for (const rule of next.moves) moves.push(moveOf(rule, who, reduced));
    reduced.canonicalizer.permutation.set(next.exchange);
    who = who.behind(reduced.canonicalizer.permutation);
    words = next.words;
  }
  const last = check === undefined ? undefined : violatingRule(reduced, words, check);
  return { initial: start.initial, moves: last ? [...moves, moveOf(last, who, reduced)] : moves };
}

function startOf(reduced: Reduced, kept: Uint32Array, matches: Matches) {
  const { problem, codec, canonicalizer } = reduced;
  const { model, layout } = problem;
  const packed = new Uint32Array(layout.words);
  let words: Uint32Array = packed;
  const initial = initialStates(model).findIndex((state) => {
    pack(model, layout, state, packed);
    words = chosen(reduced, codec.read(packed)).slice();
    return matches(words, kept);
  });
  if (initial < 0) throw new Error("a stored path starts in no initial state");
  return { initial, words, who: identity(canonicalizer.map).behind(canonicalizer.permutation) };
}

interface Arrival {
  readonly words: Uint32Array;
  readonly moves: readonly Rule[];
  /** What the members of the state were exchanged by. */
  readonly exchange: Int32Array;
}

/** The moves from a stored state to what is kept of the next. */
function movesBetween(reduced: Reduced, from: Uint32Array, kept: Uint32Array, matches: Matches): Arrival {
  const found: Arrival[] = [];
  reduced.table.expand(reduced.codec.read(from).slice(), {
    seen: () => {},
    ended: () => {},
    moved: () => {},
    arrived: (values, moves) => {
      const words = chosen(reduced, values);
      if (!matches(words, kept)) return;
      found.push({
        words: words.slice(),
        moves: [...moves],
        exchange: reduced.canonicalizer.permutation.slice(),
      });
    },
  });
  return required(found[0], "a stored state does not follow from the one before");
}

/** The state that is stored for these values, in memory that the next one overwrites. */
export function chosen({ codec, canonicalizer }: Reduced, values: Int32Array): Uint32Array {
  canonicalizer.canonicalize(values);
  return codec.pack(values);
}

function violatingRule({ problem, table, codec }: Reduced, words: Uint32Array, check: number) {
  if (problem.checks[check]?.kind !== "assertion") return undefined;
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
