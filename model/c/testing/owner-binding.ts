import { and, type Expression, not, TRUE } from "../../ir/expression.ts";
import type { Model, Variable } from "../../ir/model.ts";
import { bindAll } from "../../kernel/call.ts";
import type { KernelState } from "../../kernel/kernel-state.ts";
import type { Operation } from "../../kernel/operation.ts";
import type { ResolvedOperation } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import { isTrylock } from "../knowledge/effect.ts";
import type { Plan } from "../plan/plan.ts";
import type { Binding, Step } from "../program/binding.ts";
import type { Translation } from "../program/translate.ts";

export interface TaskOptions {
  /** Tells the task's own facts from other tasks'. */
  readonly task: string;
  /** Which kernel object a lock of the function is: tasks share those of one name. */
  objectOf(key: Key): string;
  /** Facts about data that tasks share, by their text in this function; the name that they have in the model. */
  readonly shared?: Readonly<Record<string, string>>;
}

/**
 * Binds a function as a task of a model, on a scenario's kernel objects: locks have owners, an acquisition waits
 * until its lock is free, and a trylock fails exactly where somebody holds it.
 */
export function ownerBinding(
  { calls }: Plan,
  kernel: KernelState,
  { task, objectOf, shared = {} }: TaskOptions,
): Binding {
  const about = (key: number | undefined): string | undefined => {
    const found = key === undefined ? undefined : calls.keys[key];
    return found && objectOf(found);
  };
  const onObject = ({ operation, key }: ResolvedOperation) =>
    ({ ...operation, object: about(key) ?? operation.object }) as Operation;
  const isFree = (key: number): Expression =>
    kernel.bind({ kind: "acquire", object: about(key) ?? "", mode: "exclusive" }).guard ?? TRUE;
  return {
    variables: kernel.variables,
    factPlace: (text) =>
      Object.hasOwn(shared, text)
        ? { name: shared[text] ?? text, scope: "shared" }
        : { name: `${task}: ${text}`, scope: "task" },
    call: (name, { does, refuses }) => {
      const groups = lockByLock(does).map((group) => stepOf(group.map(onObject), kernel));
      const [first = { updates: [] }, ...rest] = groups;
      const taken = isTrylock(name) ? refuses.map((key) => not(isFree(key))) : [];
      return [{ ...first, guard: and(first.guard ?? TRUE, ...taken) }, ...rest];
    },
    forget: (keys) => refuse("nothing is known any more of", keys),
    handOver: (keys) => refuse("an unknown callee may release", keys),
    repoint: (key) => refuse("another pointer leads to", [key]),
    countOn: (key) => refuse("another index leads to", [key]),
    loopStep: (keys) => refuse("a loop goes on from one to the next of", keys),
    returnEvents: () => [],
    observe: () => kernel.observe,
  };
}

function refuse(why: string, keys: readonly Key[]): readonly [] {
  if (keys.length === 0) return [];
  throw new Error(`${why} ${keys.map(({ text }) => text).join(", ")}`);
}

/** Between two acquisitions or releases of one call other tasks run. */
function lockByLock(does: readonly ResolvedOperation[]): readonly (readonly ResolvedOperation[])[] {
  const isLock = ({ operation: { kind } }: ResolvedOperation) => kind === "acquire" || kind === "release";
  const groups: ResolvedOperation[][] = [];
  for (const each of does) {
    const last = groups.at(-1);
    if (!last || (isLock(each) && last.some(isLock))) groups.push([each]);
    else last.push(each);
  }
  return groups;
}

function stepOf(operations: readonly Operation[], kernel: KernelState): Step {
  const lock = operations.find(({ kind }) => kind === "acquire" || kind === "release");
  return { ...bindAll(kernel, operations), ...(lock && { name: `${lock.kind} ${lock.object}` }) };
}

/** One model of which each function is a task. */
export function asTasks(...translations: readonly Translation[]): Model {
  const models = translations.map(({ model }) => model);
  const variables = new Map<string, Variable>();
  for (const each of models.flatMap((model) => model.variables)) variables.set(each.name, each);
  return {
    name: models.map(({ name }) => name).join(" | "),
    sets: {},
    variables: [...variables.values()],
    programs: [
      ...new Map(models.flatMap(({ programs }) => programs.map((each) => [each.name, each]))).values(),
    ],
    tasks: models.flatMap(({ tasks }) => tasks),
    invariants: [{ kind: "no-deadlock", property: "no-deadlock" }],
  };
}
