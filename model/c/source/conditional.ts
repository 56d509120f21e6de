import { blank } from "./text.ts";

/** One consistent choice among the arms of a function's #ifs. */
export interface Reading {
  /** The text with directives and the arms not chosen blanked, at the same length. */
  readonly text: string;
  /** What it takes for true, e.g. `CONFIG_SMP`, and for false with a `!` before it; empty where there is no #if. */
  readonly given: readonly string[];
}

export interface Readings {
  readonly readings: readonly Reading[];
  /** Offsets of arms that no reading takes. */
  readonly unread: readonly number[];
  /** Of those elsewhere, by their own offsets. */
  readonly unreadOutside: readonly number[];
}

/** One of the texts between an #if, its #elifs, its #else and its #endif. */
export interface Arm {
  /** The directive's condition; undefined for #else. */
  readonly condition: string | undefined;
  readonly offset: number;
  readonly end: number;
  readonly group: number;
  /** What an #if without an #else amounts to where nothing of it is taken. */
  readonly absent?: true;
}

const MAX_READINGS = 4;
/** Many times any function's of the kernel; of more, only one reading is made. */
const MAX_ARMS = 200;
const DIRECTIVE = /^[ \t]*#[ \t]*(\w+)((?:\\\r?\n|[^\n])*)/gm;
const ATOM = /defined\s*\(\s*\w+\s*\)|defined\s+\w+|[A-Za-z_]\w*(?:\s*\([^()]*\))?/g;

/** What decides conditions beside a text. */
export interface Around {
  /** Arms elsewhere of which one is to be taken, too. */
  readonly outside: readonly Arm[];
  /** What a name is defined as, whatever is configured: empty for nothing; undefined where that is not known. */
  constantOf(name: string): string | undefined;
}

const NOTHING: Around = { outside: [], constantOf: () => undefined };
/** Arms elsewhere stand before all of the text. */
const FAR = 1e9;

/** The readings of a text that together take each arm of each #if, as far as that is possible. */
export function readConditionals(text: string, { outside, constantOf }: Around = NOTHING): Readings {
  if (outside.length === 0 && !/^[ \t]*#/m.test(text))
    return { readings: [{ text, given: [] }], unread: [], unreadOutside: [] };
  const far = outside.map(({ offset, end, group, ...arm }) => ({
    ...{ ...arm, offset: offset - FAR, end: end - FAR },
    group: -1 - group,
  }));
  const arms = [...far, ...armsOf(text)].map((arm) => decided(arm, constantOf));
  if (arms.length > MAX_ARMS) return firstReading(text, arms);
  const atoms = [...new Set(arms.flatMap(({ condition }) => atomsOf(condition ?? "")))];
  const taken = new Set<Arm>();
  const readings: Reading[] = [];
  for (const given of assignments(atoms, arms)) {
    const chosen = chooseArms(arms, new Set(given));
    const read = chosen.filter((each) => !isWithinOther(each, arms, chosen));
    if (readings.length > 0 && read.every((each) => taken.has(each))) continue;
    if (readings.length === MAX_READINGS) break;
    for (const each of read) taken.add(each);
    const choice = atoms.map((atom) => (given.includes(atom) ? atom : `!${atom}`));
    readings.push({ text: keep(text, arms, new Set(chosen)), given: choice });
  }
  const dead = arms.filter((arm) => arm.condition === "0" || isElseOfOne(arm, arms));
  const isDead = (arm: Arm) => dead.some(({ offset, end }) => offset <= arm.offset && arm.end <= end);
  const unread = arms.filter((arm) => !taken.has(arm) && !arm.absent && !isDead(arm));
  return { readings, ...unreadAt(unread.map(({ offset }) => offset)) };
}

const unreadAt = (offsets: readonly number[]): Pick<Readings, "unread" | "unreadOutside"> => ({
  unread: offsets.filter((at) => at >= 0),
  unreadOutside: offsets.filter((at) => at < 0).map((at) => at + FAR),
});

/** The arm with what is known of its condition put in. */
function decided({ condition, ...arm }: Arm, constantOf: Around["constantOf"]): Arm {
  if (condition === undefined) return { condition, ...arm };
  const known = condition.replace(ATOM, (atom) => {
    const value = constantOf(atomName(atom));
    if (value === undefined) return atom;
    return /^defined\b/.test(atom) ? "1" : value === "" ? atom : String(Number.parseInt(value, 10));
  });
  if (known === condition || atomsOf(known).length > 0) return { ...arm, condition: known };
  return { ...arm, condition: isTrue(known, new Set()) ? "1" : "0" };
}

function firstReading(text: string, arms: readonly Arm[]): Readings {
  const given = [...new Set(arms.flatMap(({ condition }) => atomsOf(condition ?? "")))];
  const chosen = new Set(chooseArms(arms, new Set(given)));
  const unread = arms.flatMap((arm) => (chosen.has(arm) || arm.absent ? [] : [arm.offset]));
  const last = arms.at(-1)?.offset ?? 0;
  return { readings: [{ text: keep(text, arms, chosen), given }], ...unreadAt([...unread, last]) };
}

/** All true, all false, then each arm's own atoms alone, or all but those, then each atom alone. */
function assignments(atoms: readonly string[], arms: readonly Arm[]): readonly (readonly string[])[] {
  const own = arms.map(({ condition }) => atomsOf(condition ?? ""));
  const without = own.map((some) => atoms.filter((atom) => !some.includes(atom)));
  return [atoms, [], ...own, ...without, ...atoms.map((atom) => [atom])];
}

/** Whether an offset lies in an arm. */
export const isAround = ({ offset, end, absent }: Arm, at: number): boolean =>
  absent !== true && offset <= at && at < end;

/** The arms of a text's #ifs, by where they begin. */
export function armsOf(text: string): readonly Arm[] {
  const arms: Arm[] = [];
  const open: { condition: string | undefined; offset: number; group: number }[] = [];
  let groups = 0;
  for (const match of text.matchAll(DIRECTIVE)) {
    const [, word = "", rest = ""] = match;
    const end = match.index;
    const offset = match.index + match[0].length;
    if (!/^(?:if|ifdef|ifndef|elif|else|endif)$/.test(word)) continue;
    const before = word.startsWith("if") ? undefined : open.pop();
    if (before) arms.push({ ...before, end });
    const group = before?.group ?? groups++;
    if (word === "endif" && before?.condition !== undefined)
      arms.push({ condition: undefined, offset: end, end, group, absent: true });
    if (word !== "endif") open.push({ condition: conditionOf(word, rest.trim()), offset, group });
  }
  for (const rest of open) arms.push({ ...rest, end: text.length });
  return arms.sort((one, other) => one.offset - other.offset || one.end - other.end);
}

function conditionOf(word: string, rest: string): string | undefined {
  if (word === "else") return undefined;
  if (word === "ifdef") return `defined(${rest})`;
  if (word === "ifndef") return `!defined(${rest})`;
  // Of arithmetic nothing is worked out: it may be either.
  return ARITHMETIC.test(rest) ? `defined(${rest.replace(/\W+/g, "_")})` : rest.replace(/\\\r?\n/g, " ");
}

const ARITHMETIC = /[-+*/%^~?]|<<|>>|(?<![&|])[&|](?![&|])/;

/** The names that a condition depends on, whichever way it asks for them. */
function atomsOf(condition: string): readonly string[] {
  return [...condition.matchAll(ATOM)].map(([text]) => atomName(text));
}

function atomName(text: string): string {
  return text
    .replace(/^(?:defined|IS_ENABLED|IS_BUILTIN|IS_REACHABLE)\s*\(?\s*(\w+).*$/s, "$1")
    .replace(/\s+/g, "");
}

/** One arm of each #if, where these names are true; none where none of its conditions is. */
export function chooseArms(arms: readonly Arm[], given: ReadonlySet<string>): readonly Arm[] {
  const chosen = new Map<number, Arm>();
  for (const arm of arms) {
    if (chosen.has(arm.group)) continue;
    if (arm.condition === undefined || isTrue(arm.condition, given)) chosen.set(arm.group, arm);
  }
  return [...chosen.values()];
}

/** Of an #if within an arm that is not chosen no arm is read. */
const isWithinOther = (arm: Arm, arms: readonly Arm[], chosen: readonly Arm[]): boolean =>
  arms.some(
    (each) =>
      each.group !== arm.group && each.offset <= arm.offset && arm.end <= each.end && !chosen.includes(each),
  );

function isTrue(condition: string, given: ReadonlySet<string>): boolean {
  const terms = condition.replace(ATOM, (text) => (given.has(atomName(text)) ? "1" : "0"));
  return evaluate(terms.replace(/\s+/g, ""));
}

/** A constant expression of !, &&, ||, comparisons and parentheses; anything else counts as true. */
function evaluate(terms: string): boolean {
  let text = terms;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(/\((\d+)\)/g, "$1")
      .replace(/!(\d+)/g, (_, digits: string) => (Number(digits) === 0 ? "1" : "0"))
      .replace(/(\d+)(==|!=|>=|<=|>|<)(\d+)/g, (_, left: string, operator: string, right: string) =>
        compare(Number(left), operator, Number(right)) ? "1" : "0",
      )
      .replace(/(?<![\d!<>=])(\d+)&&(\d+)/g, (_, left: string, right: string) =>
        Number(left) && Number(right) ? "1" : "0",
      );
    if (text === before)
      text = text.replace(/(\d+)\|\|(\d+)/, (_, left: string, right: string) =>
        Number(left) || Number(right) ? "1" : "0",
      );
  }
  return text !== "0";
}

function compare(left: number, operator: string, right: number): boolean {
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (operator === ">=") return left >= right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left < right;
}

function keep(text: string, arms: readonly Arm[], chosen: ReadonlySet<Arm>): string {
  const dropped = arms.filter((arm) => !chosen.has(arm));
  const plain = text.replace(DIRECTIVE, blank);
  let [result, done] = ["", 0];
  for (const { offset, end } of dropped) {
    if (end <= done) continue;
    const from = Math.max(offset, done);
    result += plain.slice(done, from) + blank(plain.slice(from, end));
    done = end;
  }
  return result + plain.slice(done);
}

/** Behind an `#if 1` no reading takes the #else. */
function isElseOfOne(arm: Arm, arms: readonly Arm[]): boolean {
  return (
    arm.condition === undefined && arms.some((each) => each.group === arm.group && each.condition === "1")
  );
}
