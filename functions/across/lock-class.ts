import type { Key } from "../../model/c/index.ts";
import type { Unit, UnitFunction } from "../../model/c/source/index.ts";
import { structureOf, withoutBlanks } from "../structure-of.ts";

/** Members that many structures have: without the structure they name no lock. */
const COMMON =
  /^(?:(?:list|queue|state|io|reg|tx|rx|buf|irq|dev|hw|dma|spin|raw|rw)_?|s)?(?:lock|lck|mutex|mtx|sem|rwsem|work|timer|done|tasklet|irq|wq|waitq|wait)$/;

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
  const around = headText + text.slice(bodyStart, bodyEnd);
  const [, object, last] = /^(.+)(?:->|\.)(\w+)$/.exec(plain) ?? [];
  if (object === undefined || last === undefined) return isLocal(plain, around) ? undefined : plain;
  const type = structureOf(object, withoutBlanks(around));
  if (type !== undefined) return `${type}.${last}`;
  return COMMON.test(last) ? undefined : last;
}

/** The class of a lock; one that has a rare name is that of any structure. */
export function lockClassOf({ text }: Pick<Key, "text">, each: UnitFunction, unit: Unit): string | undefined {
  const found = classOf(text, each, unit);
  const last = found?.split(".").at(-1) ?? "";
  return found !== undefined && !COMMON.test(last) ? last : found;
}

/** Declared in the function, or its parameter: not a global. */
const isLocal = (name: string, around: string): boolean =>
  new RegExp(`(?<!\\breturn)[\\w*]\\s+\\**${name}\\s*[;,)=[]`).test(around);
