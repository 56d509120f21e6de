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
  const candidates = orbitsOf(model);
  const refused = new Map<string, string>();
  if (candidates.length === 0) return { orbits: [], refused };
  const told = toldApart(problem);
  const orbits = candidates.filter((orbit) => {
    const reason = told.get(orbit.set) ?? singledOut(model, orbit);
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

/** Sets whose members the model tells apart, and how. */
function toldApart(problem: Problem): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const expression of expressionsOf(problem)) {
    rewrite(expression, (part) => {
      if (part.kind === "constant" && part.domain?.kind === "id" && part.value !== NONE) {
        told.set(part.domain.set, `a step or a property names a single ${part.domain.set}`);
      }
      if ((part.kind === "some" || part.kind === "all") && part.over.kind === "id" && mayFault(part.body)) {
        told.set(part.over.set, `'${part.kind}' may read what is not there for the first ${part.over.set}`);
      }
      return part;
    });
  }
  return told;
}

function expressionsOf({ transitions, checks }: Problem): readonly Expression[] {
  const ofSteps = transitions.flatMap(({ transition: { guard, updates } }) => [
    ...(guard ? [guard] : []),
    ...updates.flatMap(({ index, of, value }) => [index, of, value].flatMap((each) => each ?? [])),
  ]);
  const judged = checks.flatMap((check) => {
    if (check.kind === "assertion") return [check.assertion.condition];
    return check.invariant.kind === "no-deadlock" ? [] : [check.invariant.condition];
  });
  return [...ofSteps, ...judged];
}

/** Whether it finds a place by what may be none: then members are read in an order that matters. */
function mayFault(body: Expression): boolean {
  let found = false;
  rewrite(body, (part) => {
    if (part.kind !== "variable" && part.kind !== "element") return part;
    const choosing = [...("index" in part ? [part.index] : []), ...(part.of ? [part.of] : [])];
    if (choosing.some(({ kind }) => kind !== "bound" && kind !== "constant" && kind !== "self")) found = true;
    return part;
  });
  return found;
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
