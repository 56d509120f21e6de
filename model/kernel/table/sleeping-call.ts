import calls from "./sleeping-calls.json" with { type: "json" };

/** Where the list of further sleeping calls comes from. */
export const SLEEPING_CALLS_SOURCE = `Linux ${calls.kernel}: leads to might_sleep() or schedule() (npm run bench:sleepers)`;

const namesIn = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(" "));

const always: ReadonlySet<string> = new Set(namesIn(calls.always));
const byFlags: ReadonlyMap<string, number> = new Map(
  Object.entries(calls.byFlags).flatMap(([position, lines]) =>
    namesIn(lines).map((name) => [name, Number(position)] as const),
  ),
);

/** Whether a call that the table has no row for sleeps in every kernel that has it, whatever its arguments. */
export const isSleepingCall = (name: string): boolean => always.has(name);

/** Which argument of a call that the table has no row for has the flags that let it sleep. */
export const flagsOfSleepingCall = (name: string): number | undefined => byFlags.get(name);
