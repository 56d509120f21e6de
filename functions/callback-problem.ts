import { CONTEXT, familyOf } from "../model/c/index.ts";
import { type CallEffect, isUnclear, type PlacedOperation } from "../model/c/knowledge/index.ts";
import { forbidsSleep } from "../model/kernel/atomic.ts";
import { isCounted } from "../model/kernel/counted.ts";
import { registrations } from "../model/kernel/table/registration.ts";

/** A function that is handed to another one, to be called by it. */
export interface Callback {
  readonly effect: CallEffect | undefined;
  readonly sleeps: boolean;
}

/** Words of calls that keep a function for later, or only name it. */
const LATER =
  /(?:^|_)(?:init|setup|set|un?register|request|free|queue|schedule|defer|deferred|rcu|action|kthread|thread|work|timer|irq|hook|install|create|async|notifier|cancel|add|del|remove|attach|nowait|trace|unlikely|likely|WARN\w*|BUG\w*)(?:_|$)/i;

/** Whether a call keeps the functions that it is handed for later. */
export const isPutOff = (callee: string): boolean =>
  Object.hasOwn(registrations, callee) || LATER.test(callee);

/** What a function that leaves locks as they were does, where that matters under what is held; undefined for nothing. */
export function callbackProblem({ effect, sleeps }: Callback, held: ReadonlySet<string>): string | undefined {
  const atomic = atomicIn(held);
  if (isUnclear(effect)) return held.size > 0 ? "does to locks what is not known" : undefined;
  if (sleeps && atomic !== undefined) return `may sleep under ${atomic}`;
  const members = new Map([...held].map((each) => [`${familyIn(each)} ${memberOf(each)}`, nameOfHeld(each)]));
  const again = passedBy(effect).flatMap(
    ({ path = "", operation: { object } }) => members.get(`${familyOf(object)} ${memberOf(path)}`) ?? [],
  )[0];
  return again === undefined ? undefined : `takes a lock like ${again}, which is held there`;
}

const familyIn = (look: string): string => look.slice(0, look.indexOf(" "));

const memberOf = (path: string): string => /(\w+)$/.exec(path)?.[1] ?? path;

/** The locks that are taken and given back within, on each way or on some. */
const passedBy = (effect: CallEffect | undefined): readonly PlacedOperation[] =>
  (effect?.outcomes ?? [])
    .flatMap(({ does, mayPass = [] }) => [
      ...does.filter(({ operation: { kind } }) => kind === "acquire-release"),
      ...mayPass,
    ])
    .filter(({ operation: { object } }) => !isCounted(object));

/** The name of a held lock, or context, under which nothing may sleep. */
export function atomicIn(held: ReadonlySet<string>): string | undefined {
  const first = [...held].find((each) => forbidsSleep(familyIn(each)));
  return first && nameOfHeld(first);
}

/** Its path; of a context its family. */
export function nameOfHeld(look: string): string {
  const path = look.slice(look.indexOf(" ") + 1);
  return path === CONTEXT ? familyIn(look) : path;
}
