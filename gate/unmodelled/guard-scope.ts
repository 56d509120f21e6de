import type { CheckResult } from "../../functions/check.ts";
import { type HeldLine, type HeldLines, heldLines } from "../../functions/held-lines.ts";
import { tableKnowledge, withEffects } from "../../model/c/knowledge/index.ts";
import { functionRanges } from "../../model/c/source/index.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { type Locals, normalise } from "../compare/locals.ts";
import type { Side } from "../diff/diff.ts";
import { placeOf } from "../judge/place.ts";

interface Reported {
  readonly pair: ImagePair;
  readonly names: readonly string[];
  readonly reports: Readonly<Record<Side, CheckResult>>;
  readonly locals: Readonly<Record<Side, (name: string) => Locals>>;
}

/**
 * Statements that a guard's scope had before the change, and that no lock covers in its stead after it. Whether they
 * need the lock is a question of data, which is not judged: each function's first is a bound that names it.
 */
export async function leftGuards(judged: Reported): Promise<readonly string[]> {
  const { before, after } = judged.pair;
  if (!before || !after || before.partial || after.partial) return [];
  const ranges = functionRanges(before.text);
  const bounds: string[] = [];
  for (const name of judged.names) {
    if (!ranges.some((each) => each.name === name && /\b(?:scoped_)?guard\s*\(/.test(each.text))) continue;
    bounds.push(...(await leftIn(judged, name)));
  }
  return bounds;
}

async function leftIn({ pair, reports, locals }: Reported, name: string): Promise<readonly string[]> {
  const on = async (side: Side): Promise<readonly Statement[]> => {
    const image = pair[side];
    const known = withEffects(tableKnowledge, reports[side].effects ?? new Map());
    return image ? statements(await heldLines(image, name, known), locals[side](name)) : [];
  };
  const [was, is] = [await on("before"), await on("after")];
  const texts = [...new Set(is.map(({ look }) => look))];
  const left = texts.flatMap((look) => {
    const same = (side: Same) => side.filter((each) => each.look === look);
    return lostLock(same(was), same(is)) ?? [];
  });
  return left.slice(0, 1).map(({ line, lock }) => {
    const place = pair.after ? placeOf(pair.after, line.line) : "";
    return `${place}: ${name}(): \`${line.text}\` is no longer under the guard of ${lock}: data races are not judged`;
  });
}

interface Statement {
  readonly line: HeldLine;
  /** Whatever the function's variables are called. */
  readonly look: string;
  readonly held: ReadonlySet<string>;
  /** What the function's guards take, with the name that it has there. */
  readonly guarded: ReadonlyMap<string, string>;
  readonly asserted: ReadonlySet<string>;
}

type Same = readonly Statement[];

function statements({ lines, guarded, asserted }: HeldLines, locals: Locals): readonly Statement[] {
  const alike = (name: string) => normalise(name, locals);
  const about = new Map([...guarded].map((each) => [alike(each), each.slice(each.indexOf(" ") + 1)]));
  const assumed = new Set([...asserted].map(alike));
  return lines
    .filter(({ text }) => isShared(text, locals))
    .map((line) => ({
      line,
      look: normalise(line.text, locals),
      held: new Set([...line.held].map(alike)),
      guarded: about,
      asserted: assumed,
    }));
}

/** The first of some equal statements that lost a guard's lock, and got no other for it. */
function lostLock(old: Same, now: Same): { readonly line: HeldLine; readonly lock: string } | undefined {
  const [{ guarded } = { guarded: new Map<string, string>() }] = old;
  for (const [lock, name] of guarded) {
    const path = lock.slice(lock.indexOf(" ") + 1);
    const without = ({ held, asserted }: Statement) => !held.has(lock) && !asserted.has(path);
    const [exposed, before] = [now.filter(without), old.filter(without)];
    if (exposed.length <= before.length || before.length === old.length) continue;
    const known = new Set(old.flatMap(({ held }) => [...held]));
    const bare = exposed.find(({ held }) => [...held].every((each) => known.has(each)));
    if (bare) return { line: bare.line, lock: name };
  }
  return undefined;
}

const PRIVATE =
  /^(?:if|else|while|for|do|switch|case|default|return|goto|break|continue|sizeof|int|long|bool|char|void|unsigned|struct|const|true|false|NULL|unlikely|likely|IS_ERR|PTR_ERR|ERR_PTR|pr_\w+|dev_\w+|printk|kfree|kvfree|[A-Z][A-Z0-9_]*)$/;

/** Whether a statement touches anything but the function's own variables. */
function isShared(text: string, locals: Locals): boolean {
  if (/^\s*(?:(?:goto|break|continue)\b|\w+:\s*$)/.test(text)) return false;
  if (/->|\[/.test(text)) return !/^\s*(?:pr_|dev_|printk)\w*\(/.test(text);
  const names = text.replace(/"[^"]*"/g, "").match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
  return names.some((each) => !PRIVATE.test(each) && !locals.has(each));
}
