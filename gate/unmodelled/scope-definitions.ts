import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { callsIn, parenthesisEnd, readUnit } from "../../model/c/source/index.ts";
import { lockWordOf } from "../../model/kernel/lock-name.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** include/linux/cleanup.h: what runs where a variable's scope begins and ends. */
const DEFINITION = /\bDEFINE_(?:FREE|CLASS|GUARD|LOCK_GUARD_[01])(?:_COND)?\s*\(\s*(\w+)/g;

/** Definitions of what runs at the ends of scopes, of which a change alters what they lock: not all users are judged. */
export function changedScopes({ before, after }: Pick<ImagePair, "before" | "after">): readonly string[] {
  if (!before || !after || before.partial || after.partial) return [];
  const was = definitionsIn(before);
  return [...definitionsIn(after)].flatMap(([name, { locks, line }]) => {
    const old = was.get(name);
    return old === undefined || old.locks === locks
      ? []
      : [`${placeOf(after, line)}: ${name}) does otherwise to locks: not all that uses it was judged`];
  });
}

interface ScopeDefinition {
  /** The calls in it that are about locks. */
  readonly locks: string;
  readonly line: number;
}

function definitionsIn({ text: source }: Image): ReadonlyMap<string, ScopeDefinition> {
  const { text, lines } = readUnit(source);
  const definitions = new Map<string, ScopeDefinition>();
  for (const { 0: head, index } of text.matchAll(DEFINITION)) {
    const end = parenthesisEnd(text, text.indexOf("(", index) + 1);
    const calls = callsIn(text.slice(index + head.length, end < 0 ? text.length : end)).filter(({ name }) =>
      isLock(name),
    );
    const locks = calls.map((each) => `${each.callee}(${each.arguments})`).join();
    definitions.set(head.replace(/\s+/g, ""), { locks, line: lines.lineAt(index) });
  }
  return definitions;
}

const isLock = (name: string): boolean => takesLocks(tableKnowledge, name) || lockWordOf(name) !== undefined;
