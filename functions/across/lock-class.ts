import type { Key } from "../../model/c/index.ts";
import type { Unit, UnitFunction } from "../../model/c/source/index.ts";

/** Members that many structures have: without the structure they name no lock. */
const COMMON =
  /^(?:\w*_)?(?:s|spin|raw|mutex|mtx|rw)?_?(?:lock|lck|mutex|mtx|sem|rwsem|work|timer|done|tasklet|irq|wq|waitq)$/;

/**
 * What stands for all instances of an object that a function names by a path, so that other functions of the source
 * may mean it as well: a global by its name, a member by the type of its structure, or by itself where its name is
 * rare. Undefined where that is not known.
 */
export function classOf(
  path: string,
  { bodyStart, bodyEnd, headText }: UnitFunction,
  { text }: Unit,
): string | undefined {
  const plain = path.replace(/^[&*(]+|\)+$/g, "").replace(/\[[^\]]*\]/g, "");
  if (!/^\w+(?:(?:->|\.)\w+)*$/.test(plain)) return undefined;
  const [root = "", ...members] = plain.split(/->|\./);
  const last = members.at(-1);
  const around = headText + text.slice(bodyStart, bodyEnd);
  const type = typeOf(root, around);
  if (last === undefined) return type === undefined && !isDeclaredIn(root, around) ? root : undefined;
  if (members.length === 1 && type !== undefined) return `${type}.${last}`;
  return COMMON.test(last) ? undefined : last;
}

/** The class of a lock; one that has a rare name is that of any structure. */
export function lockClassOf({ text }: Pick<Key, "text">, each: UnitFunction, unit: Unit): string | undefined {
  const found = classOf(text, each, unit);
  const last = found?.split(".").at(-1) ?? "";
  return found !== undefined && !COMMON.test(last) ? last : found;
}

/** The structure that a variable points to or is, as it is declared, or as a variable that it is cast to is. */
function typeOf(name: string, around: string): string | undefined {
  const declared = new RegExp(
    `\\bstruct\\s+(\\w+)\\s*\\**\\s*(?:const\\s+)?(?:\\w+\\s*,\\s*\\**\\s*)*${name}\\b(?!\\s*[->.(])`,
  );
  const cast = new RegExp(`\\bstruct\\s+(\\w+)\\s*\\*\\s*\\w+\\s*=\\s*(?:\\([^()]*\\)\\s*)?${name}\\s*[;,]`);
  return declared.exec(around)?.[1] ?? cast.exec(around)?.[1];
}

const isDeclaredIn = (name: string, around: string): boolean =>
  new RegExp(`(?:[\\w*]\\s+|\\*)${name}\\s*(?:[;,)=]|\\[)`).test(around.replace(/\breturn\b/g, "")) &&
  new RegExp(`\\b\\w+\\s+\\**(?:\\w+\\s*,\\s*\\**\\s*)*${name}\\s*(?:[;,)=]|\\[)`).test(
    around.replace(/\breturn\b/g, ""),
  );
