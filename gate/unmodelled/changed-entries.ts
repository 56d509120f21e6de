import { sleepersOf } from "../../functions/sleepers.ts";
import { type CallEffect, tableKnowledge } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { lockWordOf } from "../../model/kernel/lock-name.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { compareEffects, isNeutral } from "../callers/effect-change.ts";
import type { Judge } from "../judge/judge.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { type TableEntry, tableEntries } from "./table-entries.ts";

/**
 * Members of initialised tables that a change gives another function, which does otherwise to locks, or of which that is
 * not known: who calls through the table is not judged.
 */
export async function changedEntries(
  { before, after }: Pick<ImagePair, "before" | "after">,
  judge: Judge,
): Promise<readonly string[]> {
  if (!before || !after || before.partial || after.partial) return [];
  const changes = changesOf(before, after);
  if (changes.length === 0) return [];
  const named = (side: keyof Change) => changes.flatMap((each) => each[side]?.value ?? []);
  const was = await knownOf(before, named("old"), judge);
  const is = await knownOf(after, named("fresh"), judge);
  return changes.flatMap(({ old, fresh }) => {
    const what = differenceOf(old && was(old.value), fresh && is(fresh.value), (fresh ?? old)?.member ?? "");
    return what === undefined ? [] : [`${placeOfChange({ old, fresh }, before, after)} ${what}`];
  });
}

interface Change {
  readonly old: TableEntry | undefined;
  readonly fresh: TableEntry | undefined;
}

/** On changed lines of both sides alone: in a list without names, a row that is put in moves those behind it. */
function changesOf(before: Image, after: Image): readonly Change[] {
  const [was, is] = [tableEntries(before.text), tableEntries(after.text)];
  const isChanged = (image: Image, { line }: TableEntry) => image.origins[line - 1]?.changed === true;
  const tables = [was, is].map((each) => new Set([...each.values()].map(({ table }) => table)));
  const stays = ({ table }: TableEntry) => tables.every((names) => names.has(table));
  const replaced = [...is].flatMap(([key, fresh]): readonly Change[] => {
    const old = was.get(key);
    if (!isChanged(after, fresh) || old?.value === fresh.value || !stays(fresh)) return [];
    return old === undefined || isChanged(before, old) ? [{ old, fresh }] : [];
  });
  const gone = [...was].flatMap(([key, old]): readonly Change[] =>
    !is.has(key) && isChanged(before, old) && stays(old) ? [{ old, fresh: undefined }] : [],
  );
  return [...replaced, ...gone];
}

interface Known {
  readonly name: string;
  readonly isKnown: boolean;
  readonly effect: CallEffect | undefined;
  readonly sleeps: boolean;
}

/** What the functions of one side do, by name. */
async function knownOf(
  image: Image,
  names: readonly string[],
  judge: Judge,
): Promise<(name: string) => Known> {
  const unit = readUnit(image.text);
  const own = new Set(unit.functions.map(({ name }) => name));
  const asked = [...new Set(names)].filter((name) => own.has(name));
  const { effects } = asked.length > 0 ? await judge(image, asked) : {};
  const sleepers = sleepersOf(unit, tableKnowledge);
  return (name) => ({
    name,
    isKnown: own.has(name) || tableKnowledge.matters(name),
    effect: own.has(name) ? effects?.get(name) : tableKnowledge.find(name, []),
    sleeps: sleepers.has(name),
  });
}

/** What is said of a member that names another function now; undefined where both do the same to locks. */
function differenceOf(old: Known | undefined, fresh: Known | undefined, member: string): string | undefined {
  if (!old || !fresh) {
    const one = fresh ?? old;
    if (!one?.isKnown || isNeutral(one.effect)) return undefined;
    return `${fresh ? "is" : "no longer is"} ${one.name}(), which does something to locks: calls by it were not judged`;
  }
  const told = `is ${fresh.name}() and was ${old.name}()`;
  const unknown = [fresh, old].filter(({ isKnown }) => !isKnown);
  const [first] = unknown;
  if (first) {
    const soundsLikeLock = [member, old.name, fresh.name].some((each) => lockWordOf(each) !== undefined);
    const isOpen = unknown.length === 1 || soundsLikeLock;
    return isOpen ? `${told}: what ${first.name}() does to locks is not known` : undefined;
  }
  const compared = compareEffects(old.effect, fresh.effect, []);
  if (compared.kind === "not understood") return `${told}: whether both do the same to locks is not known`;
  if (compared.kind === "changed") return `${told}: they do not do the same to locks`;
  return fresh.sleeps && !old.sleeps ? `${told}, and may sleep: calls by it were not judged` : undefined;
}

function placeOfChange({ old, fresh }: Change, before: Image, after: Image): string {
  const place = fresh ? placeOf(after, fresh.line) : old && placeOf(before, old.line);
  const entry = fresh ?? old;
  return `${place}: ${entry?.member} of ${entry?.table}`;
}
