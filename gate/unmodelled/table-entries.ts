import { parenthesisEnd, readUnit, type Unit } from "../../model/c/source/index.ts";

/** A function, or a variable, that an initialiser names. */
export interface TableEntry {
  /** The variable that is initialised. */
  readonly table: string;
  /** The member, or the place in the list where none is named. */
  readonly member: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

const BEGIN = /=\s*(?:\([^(){};]{1,80}\)\s*)?\{/g;
const DESIGNATOR = /^\s*((?:\.\s*\w+|\[[^\][]*\])+)\s*=|^\s*(\w+)\s*:/;
const NAME = /^&?\s*([A-Za-z_]\w*)$/;
const CALL = /^([A-Za-z_]\w*)\s*\(/;
const CAST = /^\((?:[^(){}]|\([^(){}]*\))*\)\s*(?=[\w&{(])/;
const NOTHING = /^(?:NULL|[A-Z][A-Z0-9_]*|true|false)$/;

/** The names in the initialisers of a text, by table and member; constants are left out. */
export function tableEntries(source: string): ReadonlyMap<string, TableEntry> {
  const { text, lines, functions } = readUnit(source);
  const entries = new Map<string, TableEntry>();
  const note = (table: string, { member, value, at }: PlacedName) =>
    entries.set(`${table} ${member}`, { table, member, value, line: lines.lineAt(at) });
  for (const { table, names } of madeByMacros(text, functions)) for (const each of names) note(table, each);
  let done = 0;
  for (const match of text.matchAll(BEGIN)) {
    const open = match.index + match[0].length;
    const table = match.index < done ? undefined : variableBefore(text, match.index);
    if (table === undefined) continue;
    done = endOf(text, open);
    for (const each of namesIn(text, open, done, "")) note(table, each);
  }
  return entries;
}

/** A macro that stands for an initialiser, or for a whole table that its first argument names. */
const MADE = /=\s*([A-Za-z_]\w*)\s*\(|^([A-Z][A-Z0-9_]*)\s*\(\s*([A-Za-z_]\w*)\s*,/gm;

/** Tables outside of functions that macros fill, or make. */
function madeByMacros(text: string, functions: Unit["functions"]) {
  const ranges = [...functions].sort((one, other) => one.start - other.start);
  let next = 0;
  return [...text.matchAll(MADE)].flatMap(({ 0: whole, 1: filling, 2: making, 3: made, index }) => {
    while ((ranges[next]?.bodyEnd ?? text.length) <= index) next++;
    const isInside = (ranges[next]?.start ?? text.length) <= index;
    const table = isInside ? undefined : (made ?? variableBefore(text, index));
    if (table === undefined) return [];
    const open = index + whole.indexOf("(") + 1;
    const close = parenthesisEnd(text, open, open + LONGEST);
    return close < 0 ? [] : [{ table, names: namesIn(text, open, close, `${filling ?? making}`) }];
  });
}

/** In characters: arguments that are longer are not read. */
const LONGEST = 2_000;

/** The variable in front of its attributes and dimensions. */
function variableBefore(text: string, at: number): string | undefined {
  const [statement = ""] = text.slice(Math.max(0, at - 300), at).match(/[^;{}]*$/) ?? [];
  const declarator = statement.replace(/\[[^\][]*\]/g, " ").replace(/\b__\w+(?:\s*\([^()]*\))?/g, " ");
  return /([A-Za-z_]\w*)\s*$/.exec(declarator)?.[1];
}

interface PlacedName {
  readonly member: string;
  readonly value: string;
  readonly at: number;
}

/** Deeper lists than people write are not looked into. */
const MAX_DEPTH = 8;

function namesIn(text: string, from: number, to: number, path: string, depth = 0): readonly PlacedName[] {
  if (depth > MAX_DEPTH) return [];
  return partsIn(text, from, to).flatMap((part, index) => {
    const designator = DESIGNATOR.exec(text.slice(part.from, Math.min(part.to, part.from + 200)));
    const named = (designator?.[1] ?? (designator && `.${designator[2]}`))?.replace(/\s/g, "");
    const member = `${path}${named ?? `[${index}]`}`;
    const begin = part.from + (designator?.[0].length ?? 0);
    return valueAt(text, { from: begin, to: part.to }, member, depth);
  });
}

interface Part {
  readonly from: number;
  readonly to: number;
}

function valueAt(text: string, { from, to }: Part, member: string, depth: number): readonly PlacedName[] {
  const code = text.slice(from, to);
  const bare = code.trimStart().replace(CAST, "");
  const at = from + code.length - bare.length;
  const value = bare.trimEnd();
  const end = at + value.length;
  if (value.startsWith("{")) return namesIn(text, at + 1, end - 1, member, depth + 1);
  const macro = CALL.exec(value);
  if (macro && value.endsWith(")"))
    return namesIn(text, at + macro[0].length, end - 1, `${member} ${macro[1]}`, depth + 1);
  const name = NAME.exec(value)?.[1];
  return name === undefined || NOTHING.test(name) ? [] : [{ member, value: name, at }];
}

/** What commas part between two offsets, brackets of every kind aside. */
function partsIn(text: string, from: number, to: number): readonly Part[] {
  const parts: Part[] = [];
  let [depth, begin] = [0, from];
  for (let at = from; at < to; at++) {
    const letter = text.charAt(at);
    if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter)) depth--;
    else if (letter === "," && depth === 0) {
      parts.push({ from: begin, to: at });
      begin = at + 1;
    }
  }
  return [...parts, { from: begin, to }];
}

/** Where the brace that opens before an offset closes, or the text ends. */
function endOf(text: string, open: number): number {
  let depth = 1;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}
