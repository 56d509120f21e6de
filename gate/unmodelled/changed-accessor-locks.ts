import { accessorLocks } from "../../functions/accessor-locks.ts";
import { tableKnowledge, withEffects } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { localsOf, normalise } from "../compare/locals.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";

type Pair = Pick<PairJudgement, "pair" | "reports">;

/** Calls that since a change take a lock which is held there, by an accessor of what they are given. */
export async function changedAccessorLocks(judgement: Pair): Promise<readonly string[]> {
  const { before, after } = judgement.pair;
  if (!before || !after || before.partial || after.partial) return [];
  const changed = new Set(changedFunctions(judgement.pair));
  const affected = new Set([...changed, ...callGraph(after.text, after.file).callersOf(changed)]);
  const is = await locksOn("after", judgement, affected);
  if (is.length === 0) return [];
  const was = new Set((await locksOn("before", judgement, affected)).map(({ look }) => look));
  return is.filter(({ look }) => !was.has(look)).map(({ bound }) => bound);
}

interface AccessorLock {
  /** Whatever the function's variables are called. */
  readonly look: string;
  readonly bound: string;
}

async function locksOn(
  side: Side,
  { pair, reports }: Pair,
  affected: ReadonlySet<string>,
): Promise<readonly AccessorLock[]> {
  const image = pair[side];
  if (!image) return [];
  const unit = readUnit(image.text);
  const asked = unit.functions.filter(({ name }) => affected.has(name));
  const known = withEffects(tableKnowledge, reports[side].effects ?? new Map());
  const found = await accessorLocks({ unit, file: image.file, known }, asked);
  return found.map(({ function: name, callee, callback = "", line }) => {
    const own = asked.find((each) => each.name === name);
    const locals = localsOf(own ? unit.text.slice(own.start, own.bodyEnd) : "");
    const told = `${callee}() ${callback}`;
    return {
      look: `${name} ${normalise(told, locals)}`,
      bound: `${placeOf(image, line)}: ${name}(): ${told}: whether it is called there is not judged`,
    };
  });
}
