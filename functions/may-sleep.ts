import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Outline, Unit } from "../model/c/source/index.ts";
import { type Dependencies, Remembered } from "../tree/dependencies.ts";
import { functionsByName } from "./functions-by-name.ts";

/** What functions call, by others of the source too, that come to enter an atomic context. */
export function asleepIn(unit: Unit, known: Knowledge): ReadonlySet<string> {
  const byName = functionsByName(unit);
  const atomic = unit.functions.filter(({ calls }) => [...calls].some((name) => entersAtomic(name, known)));
  const called = new Set(atomic.flatMap(({ calls }) => [...calls]));
  for (const name of called)
    for (const { calls } of byName.get(name) ?? []) for (const each of calls) called.add(each);
  return called;
}

/** Whether a call enters a section in which nothing may sleep. */
export const entersAtomic = (name: string, known: Knowledge): boolean => does(name, "enter", known);

/** Calls within calls that are followed. */
const MAX_DEPTH = 4;

interface Asked extends Pick<Outline, "callsOf"> {
  /** Whether it is given flags that may allow a sleep. */
  readonly hasFlags?: (name: string) => boolean;
  /** Notes what answers depend on. */
  readonly dependencies?: Dependencies | undefined;
}

/** Tells which functions of a file may come to sleep, as far as the names of what they call say. */
export const maySleepIn = (file: Asked, known: Knowledge): ((name: string) => boolean) =>
  comesTo(
    file,
    (name) =>
      known.flagsArgument?.(name) !== undefined ||
      does(name, "may-sleep", known) ||
      does(name, "schedule", known),
  );

/** Tells which functions may come to take a lock, likewise. */
export const mayTakeIn = (file: Omit<Asked, "hasFlags">, known: Knowledge): ((name: string) => boolean) =>
  comesTo(file, (name) => does(name, "acquire", known));

function comesTo(
  { callsOf, hasFlags, dependencies }: Asked,
  isThere: (name: string) => boolean,
): (name: string) => boolean {
  // By how far they are followed, too: who asks first must not decide on the answer.
  const told = Array.from({ length: MAX_DEPTH + 1 }, () => new Remembered<string, boolean>(dependencies));
  const comes = (name: string, depth: number): boolean => {
    const calls = callsOf(name);
    if (!calls) return isThere(name);
    if (hasFlags?.(name)) return true;
    return told[depth]?.get(name, () => calls.some((each) => comes(each, depth + 1))) ?? false;
  };
  return (name) => comes(name, 0);
}

const does = (name: string, what: string, known: Knowledge): boolean =>
  (known.find(name, [])?.outcomes ?? []).some((each) =>
    each.does.some(({ operation: { kind }, listed }) => kind === what && listed !== "doubtful"),
  );
