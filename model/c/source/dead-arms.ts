import { type Arm, armsOf } from "./conditional.ts";
import { blank, GAP_CALL } from "./text.ts";

/**
 * The text without the arms that it leaves out itself, at the same length: of `#if 0`, and of conditions on names that
 * it defines above, under no condition. A fragment may lack the #endif that closes one, and keeps all.
 */
export function withoutDeadArms(text: string): string {
  if (!/^[ \t]*#[ \t]*if/m.test(text) || text.includes(GAP_CALL)) return text;
  const arms = armsOf(text);
  const isDefined = definitionsIn(text, arms);
  let [result, done] = ["", 0];
  for (const { offset, end } of deadArms(arms, isDefined)) {
    if (offset < done || end === text.length) continue;
    result += text.slice(done, offset) + blank(text.slice(offset, end));
    done = end;
  }
  return result + text.slice(done);
}

/** Whether a name is defined at an offset; undefined where the text does not tell. */
type IsDefined = (name: string, at: number) => true | undefined;

const DEFINITION = /^[ \t]*#[ \t]*(define|undef)[ \t]+(\w+)/gm;

function definitionsIn(text: string, arms: readonly Arm[]): IsDefined {
  const found = [...text.matchAll(DEFINITION)].map(({ 1: kind, 2: name = "", index }) => ({
    kind,
    name,
    index,
  }));
  const removed = new Set(found.flatMap(({ kind, name }) => (kind === "undef" ? [name] : [])));
  const isPlain = (at: number) => !arms.some(({ offset, end }) => offset <= at && at < end);
  return (name, at) => {
    const defines = found.some((each) => each.name === name && each.index < at && isPlain(each.index));
    return defines && !removed.has(name) ? true : undefined;
  };
}

/** Arms whose condition is false, or that stand behind one whose condition is true. */
function deadArms(arms: readonly Arm[], isDefined: IsDefined): readonly Arm[] {
  const decided = new Set<number>();
  return arms.filter((arm) => {
    if (arm.absent) return false;
    const truth = arm.condition === undefined ? undefined : truthOf(arm.condition, arm.offset, isDefined);
    const isDead = truth === false || decided.has(arm.group);
    if (truth) decided.add(arm.group);
    return isDead;
  });
}

const DEFINED = /^(!?)\s*defined\s*\(?\s*(\w+)\s*\)?$/;

function truthOf(condition: string, at: number, isDefined: IsDefined): boolean | undefined {
  const plain = condition.trim();
  if (plain === "0" || plain === "1") return plain === "1";
  const [, negated, name] = DEFINED.exec(plain) ?? [];
  const known = name === undefined ? undefined : isDefined(name, at);
  return known && negated === "";
}
