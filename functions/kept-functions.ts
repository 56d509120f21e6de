import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";
import { fileMacros, isPowerMember } from "./file-macros.ts";
import { positionalIn } from "./positional.ts";
import { isVariable } from "./variable.ts";

/** Functions that a source keeps in members and variables, to be called through them. */
export interface KeptFunctions {
  /** By the name of a member, as of `.lock = box_lock`, or of an array. */
  inMember(name: string): readonly string[];
  /** By the name of a variable that the function knows: its own, and those of the file. */
  inVariable(name: string, within: UnitFunction): readonly string[];
}

/** A function as a value, behind a cast or not. */
const VALUE = /=\s*(?:\([^()=;]*\)\s*)?&?\s*([A-Za-z_]\w*)(?=\s*[,;}])/g;
/** The name that gets it: of a member, of an array, of a pointer to a function with its parameters. */
const TARGET = /(\w+)\s*(?:\[[^\]]*\]\s*)*(?:\)\s*\((?:[^()]|\([^()]*\))*\)\s*)?$/;
const OF_OBJECT = /(?:->|[\w)\]]\s*\.)\s*$/;
/** In characters: a declaration that is longer is not read. */
const LONGEST = 300;

interface Kept {
  readonly target: string;
  readonly name: string;
  /** The function whose variable it is kept in; undefined for members and the file's variables. */
  readonly within: UnitFunction | undefined;
}

/** `isAsked` tells the functions that matter. */
export function keptFunctions(unit: Unit, isAsked: (name: string) => boolean): KeptFunctions {
  const macros = fileMacros(unit, isAsked);
  const text = `${unit.text}\n${macros.expanded}`;
  const positional = positionalIn(text, isAsked);
  const anywhere = [...positional.anywhere, ...macros.given];
  const members = new Map<string, string[]>();
  const variables = new Map<string, Kept[]>();
  for (const { member, name } of positional.members) add(members, member, name);
  for (const each of assigned({ text, functions: unit.functions }, isAsked)) {
    add(members, each.target, each.name);
    add(variables, each.target, each);
  }
  return {
    inMember: (name) => [
      ...(members.get(name) ?? []),
      ...anywhere,
      ...(isPowerMember(name) ? macros.power : []),
    ],
    inVariable: (name, each) =>
      (variables.get(name) ?? []).flatMap(({ within, name: kept }) =>
        within === undefined || within === each ? [kept] : [],
      ),
  };
}

/** A member that gets one of several functions, or one by a macro: `.lock = IS_ENABLED(CONFIG_SMP) ? box_lock : NULL`. */
const CHOSEN = /\.\s*(\w+)\s*=(?!=)((?:[^,;{}()=]|\((?:[^()=]|\([^()]*\))*\))*)/g;
/** As GCC had it before C99. */
const OLD_MEMBER = /[{,]\s*(\w+)\s*:\s*&?\s*([A-Za-z_]\w*)(?=\s*[,}])/g;

function inLists(text: string, isAsked: (name: string) => boolean): Kept[] {
  const chosen = [...text.matchAll(CHOSEN)].flatMap(({ 1: target = "", 2: value = "" }) =>
    /[?(]/.test(value) ? namesIn(value).map((name) => ({ target, name, within: undefined })) : [],
  );
  const old = [...text.matchAll(OLD_MEMBER)].map(({ 1: target = "", 2: name = "" }) => ({
    ...{ target, name, within: undefined },
  }));
  return [...chosen, ...old].filter(({ name }) => isAsked(name));
}

/** Names that are not called. */
const namesIn = (value: string): readonly string[] => value.match(/[A-Za-z_]\w*\b(?!\s*\()/g) ?? [];

/** An assignment; comparisons are passed over. */
const ASSIGNED = /[=!<>]=|=((?:[^;{}=!<>]|[=!<>]=|[!<>])*);/g;

/** Names that `=` gives where what follows it chooses: `fn = box->n ? box_lock : box_wait`. */
export const choicesIn = (text: string): readonly NameAt[] =>
  [...text.matchAll(ASSIGNED)].flatMap(({ 1: value = "", index }) => {
    const names = value.includes("?") ? namesIn(value.slice(value.indexOf("?"))) : [];
    return names.map((name) => ({ name, at: index }));
  });

interface NameAt {
  readonly name: string;
  /** The offset of `=`. */
  readonly at: number;
}

const valuesIn = (text: string): readonly NameAt[] =>
  [
    ...[...text.matchAll(VALUE)].map(({ 1: name = "", index }) => ({ name, at: index })),
    ...choicesIn(text),
  ].sort((one, other) => one.at - other.at);

function assigned(
  { text, functions }: Pick<Unit, "text" | "functions">,
  isAsked: (name: string) => boolean,
): readonly Kept[] {
  const kept: Kept[] = inLists(text, isAsked);
  const inOrder = [...functions].sort((one, other) => one.start - other.start);
  let next = 0;
  for (const { name, at: index } of valuesIn(text)) {
    if (!isAsked(name) || /[=!<>]/.test(text[index - 1] ?? "")) continue;
    const found = TARGET.exec(text.slice(Math.max(0, index - LONGEST), index));
    const target = found?.[1];
    // What an object gets as the code runs is named there.
    if (!found || target === undefined || OF_OBJECT.test(found.input.slice(0, found.index))) continue;
    while ((inOrder[next]?.bodyEnd ?? text.length) <= index) next++;
    const around = inOrder[next];
    const isOwn =
      around && around.start <= index && isVariable(target, text.slice(around.start, around.bodyEnd));
    kept.push({ target, name, within: isOwn ? around : undefined });
  }
  return kept;
}
