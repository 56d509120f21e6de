import { isMapping, isPrivate, type Key, lockName } from "../calls/key.ts";
import { calleeAt, type Inline, isOfCallee } from "../flow/inline.ts";
import type { Knowledge } from "../knowledge/effect.ts";
import { sitesToInline } from "./inline-sites.ts";
import type { Plan } from "./plan.ts";

/** Beyond it, a function with the bodies of its callees is not looked into: their summaries say less. */
const MAX_STEPS = 600;
const MAX_DEPTH = 3;

/** The plan with the bodies of callees in the place of those calls that summaries say too little of. */
export function withBodies(plain: Plan, known: Knowledge, planned: (laid: Inline) => Plan): Plan {
  const planWith = (sites: ReadonlySet<string>) =>
    planned(({ site }) => (sites.has(site) ? known.bodyOf?.(calleeAt(site)) : undefined));
  let plan = plain;
  let sites: ReadonlySet<string> = new Set();
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const wanted = sitesToInline(plan, known).filter((site) => !sites.has(site));
    if (wanted.length === 0) break;
    const more = new Set([...sites, ...wanted]);
    const next = planWith(more);
    if (isInCallersTerms(next, locksSaid(more, known))) [plan, sites] = [next, more];
    else {
      for (const site of wanted) {
        const one = new Set([...sites, site]);
        const alone = planWith(one);
        if (isInCallersTerms(alone, locksSaid(one, known))) [plan, sites] = [alone, one];
      }
      break;
    }
  }
  return plan;
}

/** It is not too large, and each lock has a name that is the function's own, under which others know it as well. */
function isInCallersTerms({ flow, calls }: Plan, said: ReadonlySet<string>): boolean {
  // Of one that no summary speaks of the callee leaves nothing: who it is does not matter to its caller.
  const isForeign = (key: Key) =>
    !isPrivate(key) &&
    key.roots.some(isOfCallee) &&
    (isMapping(key) || said.has(key.object) || said.has(lockName(key)));
  return flow.nodes.length <= MAX_STEPS && !calls.keys.some(isForeign);
}

/** The locks that the summaries of some calls speak of, by their kinds and last names; one without a path by its kind. */
const locksSaid = (sites: ReadonlySet<string>, known: Knowledge): ReadonlySet<string> =>
  new Set(
    [...sites].flatMap((site) =>
      (known.find(calleeAt(site), [])?.outcomes ?? []).flatMap(({ does, forgets = [], mayPass = [] }) =>
        [...does, ...forgets, ...mayPass].map(({ operation: { object }, path }) =>
          path ? lockName({ object, text: path }) : object,
        ),
      ),
    ),
  );
