import { InputError } from "../model/input-error.ts";
import { boundsOf } from "../model/ir/domain.ts";
import { type Layout, layoutOf } from "../model/ir/layout.ts";
import {
  type Assertion,
  type Invariant,
  type Model,
  type Program,
  setsOf,
  type Transition,
} from "../model/ir/model.ts";

/** What is searched, numbered so that every back end can report by numbers. */
export interface Problem {
  readonly model: Model;
  readonly layout: Layout;
  readonly checks: readonly Check[];
  /** All programs' transitions in order. */
  readonly transitions: readonly NumberedTransition[];
  /** Ends of domains at which a path ends. */
  readonly margins: readonly MarginEnd[];
}

export interface NumberedTransition {
  readonly program: Program;
  readonly position: number;
  readonly transition: Transition;
  /** Numbers of the checks it carries, in the order of its assertions. */
  readonly checks: readonly number[];
}

/** One thing that is judged: an assertion of a transition, or an invariant. */
export type Check =
  | {
      readonly kind: "assertion";
      readonly property: string;
      readonly assertion: Assertion;
      /** Number of its transition. */
      readonly transition: number;
    }
  | { readonly kind: "invariant"; readonly property: string; readonly invariant: Invariant };

export interface MarginEnd {
  readonly variable: string;
  readonly end: "min" | "max";
  readonly limit: number;
}

/** Numbers what there is to judge. Throws where `only` names a property that the model lacks. */
export function problemOf(model: Model, only?: readonly string[]): Problem {
  refuseUnknown(model, only);
  const judged = (property: string) => only === undefined || only.includes(property);
  const checks: Check[] = model.invariants
    .filter(({ property }) => judged(property))
    .map((invariant) => ({ kind: "invariant", property: invariant.property, invariant }));
  const transitions = model.programs.flatMap((program) =>
    program.transitions.map((transition, position) => ({ program, position, transition })),
  );
  return {
    model,
    layout: layoutOf(model),
    transitions: transitions.map((each, number) => ({
      ...each,
      checks: numberAssertions(each.transition, number, judged, checks),
    })),
    checks,
    margins: marginsOf(model),
  };
}

/** Every property that the model says something of, in the order of its invariants and transitions. */
export function propertiesOf(model: Model): readonly string[] {
  const asserted = model.programs.flatMap(({ transitions }) =>
    transitions.flatMap(({ assertions = [] }) => assertions.map(({ property }) => property)),
  );
  return [...new Set([...model.invariants.map(({ property }) => property), ...asserted])];
}

/** A state that is at fault for a check, or (for `sometimes`) that satisfies it. */
export function isWitness(check: Check): boolean {
  return check.kind === "invariant" && check.invariant.kind === "sometimes";
}

function numberAssertions(
  { assertions = [] }: Transition,
  transition: number,
  judged: (property: string) => boolean,
  checks: Check[],
): readonly number[] {
  return assertions
    .filter(({ property }) => judged(property))
    .map((assertion) => {
      checks.push({ kind: "assertion", property: assertion.property, assertion, transition });
      return checks.length - 1;
    });
}

function marginsOf(model: Model): readonly MarginEnd[] {
  const sets = setsOf(model);
  return model.variables.flatMap(({ name, domain }): readonly MarginEnd[] => {
    if (domain.kind !== "range" || domain.beyond !== "end-path") return [];
    const { min, max } = boundsOf(domain, sets);
    return [
      { variable: name, end: "min", limit: min },
      { variable: name, end: "max", limit: max },
    ];
  });
}

function refuseUnknown(model: Model, only?: readonly string[]): void {
  if (!only) return;
  const valid = propertiesOf(model);
  const unknown = only.filter((property) => !valid.includes(property));
  if (unknown.length === 0) return;
  throw new InputError(
    `model '${model.name}' has no property '${unknown.join("', '")}' (valid: ${valid.join(", ")})`,
  );
}

/** The properties among the checks, in the order of `propertiesOf`. */
export function propertiesJudged({ checks }: Problem): readonly string[] {
  return [...new Set(checks.map(({ property }) => property))];
}

/** Whether all that the property asks for is that some state exists. */
export function seeksOnlyWitnesses({ checks }: Problem, property: string): boolean {
  return checks.every((check) => check.property !== property || isWitness(check));
}
