import type { Expression } from "../../model/ir/expression.ts";
import type { Variable } from "../../model/ir/model.ts";
import { type ModelIndex, memberValues, required } from "../interpret/model-index.ts";
import {
  choose,
  compare,
  connect,
  FAULT,
  type Ground,
  isFalse,
  negate,
  numeral,
  SHARED,
  select,
  sum,
  type Target,
} from "./ground.ts";
import type { Slots } from "./slots.ts";

/** What is put in. */
export interface Instance {
  readonly index: ModelIndex;
  readonly slots: Slots;
  /** The acting task; absent in what is judged of the state as a whole. */
  readonly self?: number;
  readonly bindings: Readonly<Record<string, number>>;
  /** What has become of expressions that several transitions share. */
  readonly known?: Map<Expression, Ground>;
}

/** Puts the instance's task and bindings into an expression, and folds constants. */
export function instantiate(expression: Expression, instance: Instance): Ground {
  const { known } = instance;
  if (!known || !SHARED.has(expression.kind)) return made(expression, instance);
  const found = known.get(expression) ?? made(expression, instance);
  known.set(expression, found);
  return found;
}

function made(expression: Expression, instance: Instance): Ground {
  const go = (each: Expression) => instantiate(each, instance);
  switch (expression.kind) {
    case "constant":
      return numeral(expression.value);
    case "variable":
    case "element":
      return place(expression, instance);
    case "self":
      return numeral(required(instance.self, "'self' stands outside of any task"));
    case "bound":
      return numeral(required(instance.bindings[expression.name], `'${expression.name}' is not bound`));
    case "not":
      return negate(go(expression.operand));
    case "and":
    case "or":
      return connect(expression.kind, expression.operands.map(go));
    case "equal":
    case "less":
      return compare(expression.kind, go(expression.left), go(expression.right));
    case "add":
    case "subtract":
      return sum(expression.kind, go(expression.left), go(expression.right));
    case "if":
      return branch(expression, go);
    case "some":
    case "all":
      return connect(expression.kind === "some" ? "or" : "and", bodies(expression, instance));
  }
}

/** The slots that a read or written place may be. */
export function place(
  { name, index, of }: { readonly name: string; readonly index?: Expression; readonly of?: Expression },
  instance: Instance,
): Target {
  const variable = required(instance.index.variables.get(name), `unknown variable '${name}'`);
  const position = index && instantiate(index, instance);
  if (variable.scope === "shared") return placeOf(variable, 0, position, instance);
  if (!of && instance.self !== undefined) return placeOf(variable, instance.self, position, instance);
  const owner = of ? instantiate(of, instance) : numeral(required(instance.self, `whose '${name}'?`));
  const tasks = instance.index.programs.map((_, task) => task + 1);
  return select(owner, 1, ownersOf(variable, owner, tasks, position, instance));
}

/** Only the one that is meant where that is known: the others would be thrown away. */
function ownersOf(
  variable: Variable,
  owner: Ground,
  tasks: readonly number[],
  position: Ground | undefined,
  instance: Instance,
): readonly Target[] {
  const known = owner.kind === "constant" ? owner.value : undefined;
  return tasks.map((task) =>
    known === undefined || known === task ? placeOf(variable, task, position, instance) : FAULT,
  );
}

function placeOf(
  { name }: Variable,
  task: number,
  position: Ground | undefined,
  { index, slots }: Instance,
): Target {
  const first = slots.numberOf(name, task);
  if (!position) return { kind: "slot", slot: first };
  const { min, max } = required(index.elements.get(name), `'${name}' is no array`);
  const options = Array.from(
    { length: max - min + 1 },
    (_, offset): Target => ({ kind: "slot", slot: first + offset }),
  );
  return select(position, min, options);
}

function branch(
  { condition, yes, no }: Expression & { kind: "if" },
  go: (each: Expression) => Ground,
): Ground {
  const decided = go(condition);
  if (decided.kind === "constant") return isFalse(decided) ? go(no) : go(yes);
  return choose(decided, go(yes), go(no));
}

function bodies(
  { name, over, body }: Expression & { kind: "some" | "all" },
  instance: Instance,
): readonly Ground[] {
  return memberValues(over, instance.index).map((value) =>
    instantiate(body, { ...instance, known: new Map(), bindings: { ...instance.bindings, [name]: value } }),
  );
}
