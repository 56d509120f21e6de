import { allowsSleep } from "../../kernel/table/gfp.ts";
import { maySleep } from "../../kernel/table/operations.ts";
import { ANY } from "../flow/graph.ts";
import { print } from "../flow/print.ts";
import { callsIn } from "../source/calls.ts";
import type { Unit } from "../source/unit.ts";
import { effectsByName } from "./by-name.ts";
import type { CallEffect, Knowledge } from "./effect.ts";
import { withEffects } from "./knowledge.ts";

/** What a wrapper of a wait is called after; but others release the lock for it. */
const WAITS =
  /^(?!_|prepare_|.*_locked)(?:\w+_)?(?:wait_event|wait_for_completion|msleep|usleep|ssleep|schedule_timeout)(?:_|$)/;
/** They keep the flags, or ask about them; and what is private may release the lock as well. */
const KEEPS_FLAGS = /^_|init|mask|flags|trace/i;

/** The same knowledge, with what nothing but the names of a source's calls tells. */
export const knowledgeByName = (base: Knowledge, unit: Unit): Knowledge =>
  withEffects(withNamedSleepers(base, unit), effectsByName(unit, base));

/**
 * The same knowledge, by which calls of which nothing is known may sleep where their names say that they wait, or where
 * they are given GFP flags that allow it. It stays a guess: what rests on it is a hint.
 */
function withNamedSleepers(base: Knowledge, unit: Unit): Knowledge {
  const named = namedIn(unit, base);
  if (named.size === 0) return base;
  return {
    ...base,
    leavesLocks: (name) => base.leavesLocks?.(name) || named.has(name),
    find: (name, args) => {
      const found = base.find(name, args);
      const isGuess = !found && named.has(name);
      return isGuess && (WAITS.test(name) || args.map(print).some(isFlags)) ? sleeping(name) : found;
    },
  };
}

/** Not those of a call within the argument. */
const isFlags = (arg: string): boolean => allowsSleep(arg) && !/\w\(/.test(arg);

function namedIn({ functions, macros, text }: Unit, known: Knowledge): ReadonlySet<string> {
  const isOpen = (name: string) =>
    !known.matters(name) &&
    known.leavesLocks?.(name) !== true &&
    !macros.names.has(name) &&
    !functions.some((each) => each.name === name);
  const waits = functions.flatMap(({ calls }) => [...calls].filter((name) => WAITS.test(name)));
  const given = functions.flatMap(({ bodyStart, bodyEnd }) => {
    const body = text.slice(bodyStart, bodyEnd);
    if (!body.includes("GFP_")) return [];
    return callsIn(body).filter(
      (each) => each.name === each.callee && allowsSleep(each.arguments) && !KEEPS_FLAGS.test(each.name),
    );
  });
  return new Set([...waits, ...given.map(({ name }) => name)].filter(isOpen));
}

const sleeping = (name: string): CallEffect => ({
  name,
  source: "its name",
  outcomes: [{ name: "done", weight: 0, does: [{ operation: maySleep, listed: "doubtful" }], returns: ANY }],
});
