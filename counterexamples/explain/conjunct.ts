import { type Environment, evaluate, unlessWrong } from "../../checker/interpret/interpret.ts";
import { type Domain, memberBounds } from "../../model/ir/domain.ts";
import { type Expression, not } from "../../model/ir/expression.ts";
import { setsOf } from "../../model/ir/model.ts";

/** A part of a condition, with what is bound in it. */
export interface Conjunct {
  readonly condition: Expression;
  readonly bindings: Readonly<Record<string, number>>;
  /** Whose it is, where it is not the acting task's. */
  readonly self?: number;
}

/** The innermost parts that are to blame for a condition that fails: each of them alone makes it fail. */
export function failedConjuncts(condition: Expression, environment: Environment): readonly Conjunct[] {
  const blame = (each: Expression) => failedConjuncts(each, environment);
  const fails = (each: Expression) => failsIn(each, environment);
  const itself = [{ condition, bindings: environment.bindings ?? {} }];
  switch (condition.kind) {
    case "and":
      return condition.operands.filter(fails).flatMap(blame);
    case "if":
      return blame(fails(condition.condition) ? condition.no : condition.yes);
    case "all":
    case "some":
      return condition.kind === "all" ? ofFirstMember(condition, environment) : itself;
    case "not": {
      const deeper = negated(condition.operand);
      return deeper ? blame(deeper) : itself;
    }
    default:
      return itself;
  }
}

/** What a condition before it keeps from being read may mean nothing here: it is not to blame. */
const failsIn = (condition: Expression, environment: Environment): boolean =>
  unlessWrong(() => evaluate(condition, environment)) === 0;

/** De Morgan: not (a or b) is not a and not b; a choice is negated in both arms. */
function negated(operand: Expression): Expression | undefined {
  switch (operand.kind) {
    case "or":
    case "and":
      return operand.kind === "or" ? { kind: "and", operands: operand.operands.map(not) } : undefined;
    case "if":
      return { ...operand, yes: not(operand.yes), no: not(operand.no) };
    default:
      return undefined;
  }
}

/** Of the first member for which it fails. */
function ofFirstMember(
  { name, over, body }: Expression & { kind: "all" | "some" },
  environment: Environment,
): readonly Conjunct[] {
  for (const value of members(over, environment)) {
    const bindings = { ...environment.bindings, [name]: value };
    const found = { ...environment, bindings };
    if (failsIn(body, found)) return failedConjuncts(body, found);
  }
  return [];
}

function members(domain: Domain, { model }: Environment): readonly number[] {
  const { min, max } = memberBounds(domain, setsOf(model));
  return Array.from({ length: Math.max(0, max - min + 1) }, (_, offset) => min + offset);
}
