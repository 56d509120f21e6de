import { rewrite } from "../../../model/ir/compose.ts";
import { NONE, setSize, TASK } from "../../../model/ir/domain.ts";
import type { Expression } from "../../../model/ir/expression.ts";
import { type Model, programsByTask, setsOf, type Variable } from "../../../model/ir/model.ts";
import type { Problem } from "../../problem.ts";

/** Members of a set that may be exchanged for one another. */
export interface Orbit {
  readonly set: string;
  /** Ascending; two at least. */
  readonly members: readonly number[];
}

export interface SymmetricSets {
  readonly orbits: readonly Orbit[];
  /** Why the members of a set are not alike. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Scalarsets: ids are only compared, assigned and used as indices (which a valid model keeps to), so the
 * members of a set are alike unless one is named, or singled out in the initial states. Tasks are
 * alike where they run the same program.
 */
export function symmetricSets(problem: Problem): SymmetricSets {
  const { model } = problem;
  const named = namedSets(problem);
  const refused = new Map<string, string>();
  const orbits = orbitsOf(model).filter((orbit) => {
    const reason = named.has(orbit.set)
      ? `a step or a property names a single ${orbit.set}`
      : singledOut(model, orbit);
    if (reason) refused.set(orbit.set, reason);
    return !reason;
  });
  return { orbits, refused };
}

function orbitsOf(model: Model): readonly Orbit[] {
  const sets = setsOf(model);
  const running = programsByTask(model);
  const tasks = model.programs.map(({ name }) => ({
    set: TASK,
    members: running.flatMap((each, position) => (each === name ? [position + 1] : [])),
  }));
  const others = Object.keys(model.sets).map((set) => ({
    set,
    members: Array.from({ length: setSize(sets, set) }, (_, position) => position + 1),
  }));
  return [...tasks, ...others].filter(({ members }) => members.length > 1);
}

/** Sets of which some member other than none is named. */
function namedSets({ transitions, checks }: Problem): ReadonlySet<string> {
  const named = new Set<string>();
  const visit = (expression: Expression | undefined) => {
    if (!expression) return;
    rewrite(expression, (part) => {
      const { kind } = part;
      if (kind === "constant" && part.domain?.kind === "id" && part.value !== NONE)
        named.add(part.domain.set);
      return part;
    });
  };
  for (const { transition } of transitions) {
    visit(transition.guard);
    for (const { index, of, value } of transition.updates) for (const each of [index, of, value]) visit(each);
  }
  for (const check of checks) {
    if (check.kind === "assertion") visit(check.assertion.condition);
    else if (check.invariant.kind !== "no-deadlock") visit(check.invariant.condition);
  }
  return named;
}

/** A variable that starts with some members of the orbit and not with others. */
function singledOut({ variables }: Model, { set, members }: Orbit): string | undefined {
  const startsWithSome = ({ domain, initial }: Variable) => {
    if (domain.kind !== "id" || domain.set !== set) return false;
    const among = members.filter((each) => initial.includes(each)).length;
    return among > 0 && among < members.length;
  };
  const found = variables.find(startsWithSome);
  return found && `'${found.name}' starts as a single ${set}`;
}
