import {
  CONTEXT,
  type FlowNode,
  type Key,
  keyText,
  placeOf,
  readsOf,
  type Translation,
  type UnknownCall,
} from "../model/c/index.ts";
import type { Status } from "../model/c/status/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import type { Exit } from "./exit.ts";
import { lockName } from "./lock-name.ts";

/**
 * Whether the lock that an exit seems to keep may have been released: by another name, or, on a way from where it
 * is taken, by a callee that nothing is known of: the lock itself is handed to it, or its name says that it releases
 * something of the same object. Or somebody else is to release it, as the call that takes it says.
 */
export const isPerhapsReleased = (translation: Translation, key: Key, exit: Exit): boolean =>
  isTakenForAnother(translation, key) ||
  isReleasedByAnotherName(translation, key, exit) ||
  isReleasedByCallee(translation, key, exit);

/** kernel/locking/rwsem.c: down_read_non_owner() takes what another task releases. */
const isTakenForAnother = ({ plan }: Translation, key: Key): boolean =>
  acquisitionsOf(key, plan).some((node) => {
    const action = plan.flow.nodes[node]?.action;
    return action?.kind === "call" && action.name.endsWith("_non_owner");
  });

/** Less than it was, or perhaps. */
export const GIVEN: ReadonlySet<Status> = new Set([
  "dropped",
  "over-released",
  "maybe released",
  "unknown",
  "left behind",
]);

/** Another lock of the same name is less than it was: both names may mean one. */
function isReleasedByAnotherName({ plan }: Translation, key: Key, { statuses }: Exit): boolean {
  const others = plan.calls.keys.filter((each) => each !== key && lockName(each) === lockName(key));
  return others.some(({ index }) => GIVEN.has(statuses[index] ?? "untouched"));
}

function isReleasedByCallee({ plan, model }: Translation, key: Key, { site }: Exit): boolean {
  const { nodes, unknown } = plan.flow;
  const found = unknown.filter((each) => isSuspect(each, key, plan));
  const suspects = found.map(({ next }) => next);
  if (suspects.length === 0) return false;
  // It comes with the lock, gives it up by such a callee, and takes it again for its caller.
  if (!key.released && key.text !== CONTEXT && found.every(({ args }) => isGiven(args, key))) return true;
  const exit = Number(/^n(\d+)/.exec(model.programs[0]?.locations[site]?.name ?? "")?.[1] ?? -1);
  const taken = reachedFrom(nodes, acquisitionsOf(key, plan));
  return suspects.some((each) => taken.has(each) && (each === exit || reachedFrom(nodes, [each]).has(exit)));
}

type Plan = Translation["plan"];

const isGiven = (args: UnknownCall["args"], key: Key): boolean =>
  args.some((each) => key.roots.includes(placeOf(each) ?? ""));

function isSuspect({ name, args, isCallback }: UnknownCall, key: Key, { calls }: Plan): boolean {
  if (ASKS.test(name)) return false;
  // Whoever gives the function its callback knows what that does: it may end what the function began.
  if (isCallback && !key.released && (key.text === CONTEXT || isGiven(args, key))) return true;
  if (key.text !== CONTEXT && args.some((each) => keyText(each, calls.aliases) === key.text)) return true;
  if (lockWordOf(name) !== "releases") return false;
  const isReached = (place: string) => key.roots.includes(place) || calls.aliases.has(place);
  return key.text === CONTEXT || key.roots.length <= 1 || args.flatMap(readsOf).some(isReached);
}

/** They ask about a lock, or set one up. */
const ASKS = /assert|lockdep|_held\b|is_(?:held|locked)|(?:^|_)init(?:_|$)|contended|destroy/;

function acquisitionsOf({ index }: Key, { calls }: Plan): readonly number[] {
  return [...calls.outcomes].flatMap(([node, outcomes]) =>
    outcomes.some(({ does }) =>
      does.some(
        ({ operation, key }) => key === index && (operation.kind === "acquire" || operation.kind === "enter"),
      ),
    )
      ? [node]
      : [],
  );
}

function reachedFrom(nodes: readonly FlowNode[], from: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const todo = from.flatMap((each) => behind(nodes[each]));
  for (let each = todo.pop(); each !== undefined; each = todo.pop()) {
    if (reached.has(each)) continue;
    reached.add(each);
    todo.push(...behind(nodes[each]));
  }
  return reached;
}

const behind = (node: FlowNode | undefined): readonly number[] =>
  node ? [node.next, node.otherwise].filter((each) => each >= 0) : [];
