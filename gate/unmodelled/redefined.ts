import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { rangesNamed } from "../../model/c/source/index.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { localsOf, normalise } from "../compare/locals.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** Functions that the table describes and that a change defines otherwise, where their exits do not show the same locks. */
export function redefined(judgement: PairJudgement): readonly string[] {
  const { pair } = judgement;
  const image = pair.after ?? pair.before;
  const changed = changedFunctions(pair).filter(
    (name) =>
      tableKnowledge.matters(name) &&
      codeOf(pair.before, name) !== codeOf(pair.after, name) &&
      !leavesAlike(judgement, name),
  );
  return changed.map(
    (name) => `${image?.file}: ${name}() is defined anew: the table describes the old definition`,
  );
}

/** What a function does, as written: to move it, or to rename its variables, changes nothing. */
function codeOf(image: Image | undefined, name: string): string {
  return definitions(image, name)
    .map((text) => normalise(text, localsOf(text)))
    .join("\n");
}

const definitions = (image: Image | undefined, name: string): readonly string[] =>
  rangesNamed(image?.text ?? "", name).map(({ text }) => text);

/** On both sides each return class leaves the same locks taken or released; of one without any, the exits show nothing. */
function leavesAlike(judgement: PairJudgement, name: string): boolean {
  const [was, is] = [exitsOf(judgement, "before", name), exitsOf(judgement, "after", name)];
  const changed = new Set([...was, ...is].filter(({ net }) => net !== 0).map(({ lock }) => lock));
  const look = (exits: readonly ExitLook[]) =>
    exits
      .filter(({ lock }) => changed.has(lock))
      .map(({ returns, lock, net }) => `${returns} ${lock} ${net}`)
      .sort()
      .join();
  return changed.size > 0 && look(was) === look(is);
}

interface ExitLook {
  readonly returns: string;
  /** Whatever the function's variables are called. */
  readonly lock: string;
  readonly net: number;
}

function exitsOf({ pair, reports }: PairJudgement, side: Side, name: string): readonly ExitLook[] {
  const image = pair[side];
  if (!image || image.partial) return [];
  const locals = localsOf(definitions(image, name).join("\n"));
  const exits = reports[side].exits?.get(name) ?? [];
  return exits.map(({ returns, lock, net }) => ({ returns, lock: normalise(lock, locals), net }));
}
