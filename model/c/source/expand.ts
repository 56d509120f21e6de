import { NotModelled } from "../../not-modelled.ts";
import type { MacroText } from "./macros.ts";
import { splitTop } from "./split-top.ts";
import { parenthesisEnd } from "./text.ts";

/** A text whose macros stand for what they are defined as. */
export interface Expanded {
  readonly text: string;
  /** Where in the text before an offset of this one comes from: the use of the macro, for what one stands for. */
  originOf(offset: number): number;
}

/** What a macro of this name, used at an offset, stands for; undefined for none that is to be expanded. */
export type MacroLookup = (name: string, at: number) => MacroText | undefined;

/** In characters: no function of a kernel comes near. */
const LONGEST = 200_000;

const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*/g;

/**
 * Expands macros as the preprocessor does (C11 6.10.3) in a text without comments and directives.
 * @throws NotModelled where it grows beyond all measure.
 */
export function expandMacros(text: string, lookup: MacroLookup): Expanded {
  let [result, done] = ["", 0];
  const pieces: { readonly from: number; readonly origin: number; readonly isMacro: boolean }[] = [];
  const copy = (to: number) => {
    pieces.push({ from: result.length, origin: done, isMacro: false });
    result += text.slice(done, to);
  };
  for (let use = nextUse(text, 0, lookup); use; use = nextUse(text, use.end, lookup)) {
    copy(use.at);
    pieces.push({ from: result.length, origin: use.at, isMacro: true });
    const { at } = use;
    result += ` ${replacement(use, (name) => lookup(name, at), new Set())} `;
    if (result.length > LONGEST) throw new NotModelled({ kind: "too long", most: LONGEST });
    done = use.end;
  }
  if (pieces.length === 0) return { text, originOf: (offset) => offset };
  copy(text.length);
  return {
    text: result,
    originOf: (offset) => {
      const piece = pieces.findLast(({ from }) => from <= offset);
      if (!piece) return offset;
      return piece.isMacro ? piece.origin : piece.origin + offset - piece.from;
    },
  };
}

interface Use {
  readonly macro: MacroText;
  readonly at: number;
  readonly end: number;
  /** As written; absent for a macro without parameters. */
  readonly args?: readonly string[];
}

/** The first macro that is used from an offset on; a name with parameters only where arguments follow. */
function nextUse(text: string, from: number, lookup: MacroLookup): Use | undefined {
  TOKEN.lastIndex = from;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const { 0: name, index: at } = found;
    const macro = /^["']/.test(name) ? undefined : lookup(name, at);
    if (macro?.body === undefined) continue;
    const end = at + name.length;
    if (!macro.parameters) return { macro, at, end };
    const open = /^\s*\(/.exec(text.slice(end, end + 2_000))?.[0];
    const close = open === undefined ? -1 : parenthesisEnd(text, end + open.length);
    if (open === undefined || close < 0) continue;
    const inside = text.slice(end + open.length, close);
    return { macro, at, end: close + 1, args: splitTop(inside).map((each) => each.trim()) };
  }
  return undefined;
}

type Names = (name: string) => MacroText | undefined;

/** What a use stands for, macros within it expanded but for those that it came from. */
function replacement({ macro, args, at }: Use, names: Names, from: ReadonlySet<string>): string {
  const inner = new Set([...from, macro.name]);
  const body = withOwnLabels((macro.body ?? "").replace(/\\\r?\n/g, " ").trim(), macro, at);
  const filled = args
    ? fill(
        body,
        bindings(macro, args, (arg) => rescan(arg, names, from)),
      )
    : paste(body);
  return rescan(filled, names, inner);
}

function rescan(text: string, names: Names, hidden: ReadonlySet<string>): string {
  const lookup: MacroLookup = (name) => (hidden.has(name) ? undefined : names(name));
  let [result, done] = ["", 0];
  for (let use = nextUse(text, 0, lookup); use; use = nextUse(text, use.end, lookup)) {
    result += `${text.slice(done, use.at)} ${replacement(use, names, hidden)} `;
    if (result.length > LONGEST) throw new NotModelled({ kind: "too long", most: LONGEST });
    done = use.end;
  }
  return result + text.slice(done);
}

const LABEL = /(?:^|[;{}])\s*([A-Za-z_]\w*)\s*:(?!:)/g;

/** A label that a macro defines is another one wherever it is used. */
function withOwnLabels(body: string, { parameters = [] }: MacroText, at: number): string {
  const labels = [...body.matchAll(LABEL)].flatMap(([, name = ""]) =>
    name === "default" || parameters.includes(name) ? [] : [name],
  );
  return labels.reduce((text, name) => text.replace(new RegExp(`\\b${name}\\b`, "g"), `${name}_${at}`), body);
}

interface Binding {
  readonly written: string;
  readonly expanded: string;
}

function bindings(
  { parameters = [] }: MacroText,
  args: readonly string[],
  expand: (arg: string) => string,
): ReadonlyMap<string, Binding> {
  const last = parameters.at(-1);
  const isVariadic = last?.endsWith("...") === true;
  return new Map(
    parameters.map((parameter, at) => {
      const isRest = isVariadic && at === parameters.length - 1;
      const written = isRest ? args.slice(at).join(", ") : (args[at] ?? "");
      const name = isRest && parameter === "..." ? "__VA_ARGS__" : parameter.replace(/\s*\.\.\.$/, "");
      return [name, { written, expanded: expand(written) }] as const;
    }),
  );
}

/** An argument beside `##` is taken as written; one behind `#` becomes a string; the comma before one that is none goes. */
function fill(body: string, values: ReadonlyMap<string, Binding>): string {
  const spread = body.replace(/,\s*##\s*(\w+)/g, (pasted, name: string) =>
    values.get(name)?.written === "" ? "" : pasted,
  );
  const PARAMETER = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<![#\w])#\s*[A-Za-z_]\w*|[A-Za-z_]\w*/g;
  const filled = spread.replace(PARAMETER, (token, at: number) => {
    const value = values.get(token.replace(/^#\s*/, ""));
    if (!value || /^["']/.test(token)) return token;
    if (token.startsWith("#")) return `"${value.written.replace(/[^\w ]/g, " ")}"`;
    const isPasted = /##\s*$/.test(spread.slice(0, at)) || /^\s*##/.test(spread.slice(at + token.length));
    return isPasted ? value.written : value.expanded;
  });
  return paste(filled);
}

const paste = (text: string): string => text.replace(/\s*##\s*/g, "");
