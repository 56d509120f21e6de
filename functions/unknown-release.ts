import { type CallText, callsIn } from "../model/c/source/index.ts";
import { lockHalf, lockWordOf } from "../model/kernel/lock-name.ts";

/** It says of no lock that it releases it. */
const FREES = /^(?!.*lock).*(?:^|_)release(?:_|$)/;

/** Of calls of which nothing is known but their names, those which release something that no call of the other half takes. */
export function unpairedReleases(names: readonly string[]): readonly string[] {
  const releases = names.filter((name) => lockWordOf(name) === "releases" && !FREES.test(name));
  if (releases.length === 0) return [];
  const taken = names.flatMap((name) => {
    const { stem, half } = lockHalf(name) ?? {};
    return stem !== undefined && half === "acquires" ? [stem] : [];
  });
  const stems = new Set(taken);
  return releases.filter((name) => !stems.has(lockHalf(name)?.stem ?? ""));
}

/** Whether a body hands to one of some calls what it gave others or got from them; or hands it nothing. */
export function isGivenTo(calls: readonly string[], others: ReadonlySet<string>, body: string): boolean {
  const all = callsIn(body);
  const given = new Set(
    all.filter(({ name }) => others.has(name)).flatMap((call) => [...namesIn(call), resultOf(call, body)]),
  );
  return all.some((call) => {
    const names = namesIn(call);
    return calls.includes(call.name) && (names.length === 0 || names.some((name) => given.has(name)));
  });
}

/** The variables in the arguments of a call. */
const namesIn = ({ arguments: given }: CallText): readonly string[] =>
  [...given.matchAll(/(?<![\w.>])[a-z_]\w*(?![\w(])/g)].map(([name]) => name);

/** The variable that the result of a call is assigned to. */
const resultOf = ({ at }: CallText, body: string): string | undefined =>
  /(\w+)\s*=\s*$/.exec(body.slice(Math.max(0, at - 80), at))?.[1];
