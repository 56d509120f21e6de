import { DIRECTIVE, expandMacros, parenthesisEnd, splitTop, type Unit } from "../model/c/source/index.ts";
import { NotModelled } from "../model/not-modelled.ts";

/** What macros that stand outside of functions, as in a table or in its place, make of functions. */
export interface FileMacros {
  /** What stands for them, with what stands before them. */
  readonly expanded: string;
  /** Functions given to such macros that are not in sight: any member may lead to them. */
  readonly given: readonly string[];
  /** Those of them that members of power management lead to. */
  readonly power: readonly string[];
}

/** Members of struct dev_pm_ops (include/linux/pm.h). */
export const isPowerMember = (name: string): boolean =>
  /^(?:prepare|complete|runtime_idle|(?:runtime_)?(?:suspend|resume)|(?:suspend|resume|freeze|thaw|poweroff|restore)(?:_late|_early|_noirq)?)$/.test(
    name,
  );
/** Macros that fill them (include/linux/pm.h, include/linux/pm_runtime.h). */
const POWER = /(?:^|_)(?:SYSTEM_SLEEP|RUNTIME|DEV)_PM_OPS$/;

interface Use {
  readonly macro: string;
  readonly arguments: string;
  /** What stands before it in its declaration. */
  readonly before: string;
}

const USE = /\b([A-Za-z_]\w*)\s*\(/g;
/** Macros that make a table of functions, or an entry of one. */
const DEFINING = /(?:^|_)(?:OPS?|FOPS|OPERATIONS|PTR)(?:_|$)|^SET_/;
/** They say something of a function, or keep it as what a timer or a thread runs. */
const OTHERWISE =
  /TIMER|WORK|TASKLET|WAIT|THREAD|EXPORT|SYMBOL|INJECTION|BTF|TRACE|ATTR|PARAM|STATIC_CALL|GUARD|FREE|CLASS|SYSCALL/;
/** In characters: arguments that are longer, and what stands farther before, is not read. */
const LONGEST = 2_000;

/** `isAsked` tells the functions that matter. */
export function fileMacros(unit: Unit, isAsked: (name: string) => boolean): FileMacros {
  const expanded: string[] = [];
  const given: string[] = [];
  const power: string[] = [];
  for (const use of usesIn(unit)) {
    const functions = splitTop(use.arguments)
      .flatMap((arg) => functionIn(arg) ?? [])
      .filter(isAsked);
    if (POWER.test(use.macro) && !unit.macros.names.has(use.macro)) power.push(...functions);
    else if (!unit.macros.names.has(use.macro)) {
      const isMember =
        !OTHERWISE.test(use.macro) && (DEFINING.test(use.macro) || /[={,]\s*$/.test(use.before));
      if (isMember) given.push(...functions);
    } else if (functions.length > 0 || makesNames(use.macro, unit, isAsked)) {
      expanded.push(closed(`${use.before}${bodyOf(use, unit)}`));
    }
  }
  return { expanded: expanded.join("\n"), given, power };
}

const closed = (text: string): string => {
  const open = (text.match(/\{/g)?.length ?? 0) - (text.match(/\}/g)?.length ?? 0);
  return `${text}${"}".repeat(Math.max(0, open))};`;
};

/** A function as an argument, behind a cast or not. */
const functionIn = (arg: string): string | undefined =>
  /^\s*(?:\([^()]*\)\s*)?&?\s*([A-Za-z_]\w*)\s*$/.exec(arg)?.[1];

/** Macros within macros that are looked into for the names that they make. */
const MAX_DEPTH = 4;

/** It names functions that it is not given, or puts their names together, by itself or by another macro. */
const makesNames = (
  macro: string,
  unit: Unit,
  isAsked: (name: string) => boolean,
  depth: number = MAX_DEPTH,
): boolean =>
  unit.macros.definitionsOf(macro).some(({ body = "" }) => {
    if (body.includes("##")) return true;
    const words = body.match(/[A-Za-z_]\w*/g) ?? [];
    const isMaking = (name: string) =>
      depth > 0 && unit.macros.names.has(name) && makesNames(name, unit, isAsked, depth - 1);
    return words.some((name) => isAsked(name) || isMaking(name));
  });

function bodyOf({ macro, arguments: given }: Use, { macros }: Unit): string {
  try {
    return expandMacros(`${macro}(${given})`, (name) => macros.definitionsOf(name).at(-1)).text;
  } catch (error) {
    if (error instanceof NotModelled) return given;
    throw error;
  }
}

/** The calls outside of functions and of directives. */
function usesIn({ text, functions }: Unit): readonly Use[] {
  const outside = withoutBodies(text, functions).replace(DIRECTIVE, "");
  const uses: Use[] = [];
  let end = 0;
  for (const { 0: whole, 1: macro = "", index } of outside.matchAll(USE)) {
    // What stands within the arguments of one is read with it.
    if (index < end) continue;
    const open = index + whole.length;
    const close = parenthesisEnd(outside, open, open + LONGEST);
    if (close < 0) continue;
    end = close;
    const from = Math.max(outside.lastIndexOf(";", index) + 1, index - LONGEST);
    uses.push({ macro, arguments: outside.slice(open, close), before: outside.slice(from, index) });
  }
  return uses;
}

function withoutBodies(text: string, functions: Unit["functions"]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, bodyEnd } of [...functions].sort((one, other) => one.start - other.start)) {
    if (start < from) continue;
    parts.push(text.slice(from, start));
    from = bodyEnd;
  }
  return [...parts, text.slice(from)].join(";");
}
