import type { Run } from "../checker/result.ts";
import { ANY, type Condition, type LockEvent, lockName, type Translation } from "../model/c/index.ts";
import { transitionsOf } from "./path.ts";

/** Two constants compared, whose values stand elsewhere: `if (VERSION > VERSION_2)` is always so, or never. */
const OF_CONSTANTS = /^[A-Z][A-Z0-9_]* (?:[<>]=?|[=!]=) [A-Z][A-Z0-9_]*$/;

/** A release that is too much by its path. */
const OF_RELEASES: ReadonlySet<string> = new Set(["double-unlock", "release-not-held"]);
const OF_LOCKS: ReadonlySet<string> = new Set([...OF_RELEASES, "double-lock", "wrong-mode"]);

/** What callees change that are not given it: whether a transaction is open, and the like. */
const OF_TASK = /\bcurrent->(?!flags\b|mm\b)\w/;

/**
 * Whether it is open that a path can be: constants decide on it that stand elsewhere, or what the task carries along; or
 * the release at its end depends on a member that the function keeps in step with its lock (it sets the member itself),
 * and that nothing on the path has decided, or on a pointer that a callee fills in; or what is taken again may be what
 * another name released.
 */
export function isDoubtful(rule: string, run: Run, translation: Translation): boolean {
  const steps = transitionsOf(translation, run);
  const decided = steps.flatMap(({ transition: { decision } }) =>
    decision?.kind === "branch" ? [decision] : [],
  );
  if (decided.some(({ subject }) => OF_CONSTANTS.test(subject)) || ordersConstants(decided)) return true;
  if (OF_LOCKS.has(rule) && decided.some(({ subject }) => OF_TASK.test(subject))) return true;
  if (rule === "double-lock" && mayBeFreed(steps, translation)) return true;
  return (
    OF_RELEASES.has(rule) && (hangsOnMember(run, translation) || hangsOnFilled(decided, steps, translation))
  );
}

/** A callee fills the pointer in that leads to the lock, and it is asked first: where there is no lock it may be NULL. */
function hangsOnFilled(
  decided: readonly { readonly subject: string; readonly alternative: string }[],
  steps: ReturnType<typeof transitionsOf>,
  { plan: { calls, flow } }: Translation,
): boolean {
  const last = (steps.at(-1)?.transition.events ?? []) as readonly LockEvent[];
  const roots = new Set(last.flatMap(({ key }) => (key === undefined ? [] : (calls.keys[key]?.roots ?? []))));
  const filled = flow.nodes.flatMap(({ action }) => (action.kind === "forget" ? action.variables : []));
  return decided.some(
    ({ subject, alternative }) => alternative === "true" && roots.has(subject) && filled.includes(subject),
  );
}

/** A lock of the same last name was released before that was not taken: both names may mean one. */
function mayBeFreed(steps: ReturnType<typeof transitionsOf>, { plan: { calls } }: Translation): boolean {
  const taken = new Set<number>();
  const released = new Set<number>();
  for (const { transition } of steps)
    for (const { kind, key } of (transition.events ?? []) as readonly LockEvent[]) {
      if (key === undefined) continue;
      if (kind === "release" && !taken.has(key)) released.add(key);
      if (kind === "acquire") taken.add(key);
    }
  const nameAt = (index: number | undefined) => {
    const key = index === undefined ? undefined : calls.keys[index];
    return key && lockName(key);
  };
  const last = (steps.at(-1)?.transition.events ?? []) as readonly LockEvent[];
  return last.some(
    ({ kind, key }) => kind === "acquire" && [...released].some((each) => nameAt(each) === nameAt(key)),
  );
}

/** A value is one constant, and more or less than another: which of the two is greater, is not known. */
function ordersConstants(
  decided: readonly { readonly subject: string; readonly alternative: string }[],
): boolean {
  const equal = decided.flatMap(({ subject, alternative }) => {
    const [, value, constant] = /^(\w+) == ([A-Z][A-Z0-9_]*)$/.exec(subject) ?? [];
    return value !== undefined && alternative === "true" ? [{ value, constant }] : [];
  });
  return decided.some(({ subject }) => {
    const [, value, constant] = /^(\w+) [<>]=? ([A-Z][A-Z0-9_]*)$/.exec(subject) ?? [];
    return equal.some((each) => each.value === value && each.constant !== constant);
  });
}

function hangsOnMember(run: Run, { nodes, plan: { flow } }: Translation): boolean {
  const passed = run.moves.map(({ transition }) => flow.nodes[nodes[transition] ?? -1]?.action);
  const last = passed.findLastIndex((action) => action?.kind === "branch");
  const action = passed[last];
  const member = action?.kind === "branch" ? memberIn(action.condition) : undefined;
  if (member === undefined) return false;
  const isKept = flow.nodes.some(
    ({ action: each }) =>
      each.kind === "assign" &&
      each.target === member &&
      (each.value.kind === "named" || (each.value.kind === "mask" && each.value.mask !== ANY)),
  );
  const isDecided = passed
    .slice(0, last)
    .some(
      (each) =>
        (each?.kind === "assign" && each.target === member) ||
        (each?.kind === "branch" && memberIn(each.condition) === member),
    );
  return isKept && !isDecided;
}

/** The member whose sign is asked for. */
const memberIn = (condition: Condition): string | undefined =>
  condition.kind === "sign" && /->/.test(condition.variable) ? condition.variable : undefined;
