/** A macro that a text defines. */
export interface MacroText {
  readonly name: string;
  /** Absent for one that takes no arguments; of a variadic one the last is `...`, or ends with it. */
  readonly parameters?: readonly string[];
  /** What it stands for, with continued lines; absent where the name is no macro from here on. */
  readonly body?: string;
  /** Offset of its directive in the text. */
  readonly at: number;
}

const DIRECTIVE = /^[ \t]*#[ \t]*(?:define[ \t]+(\w+)(\([^)]*\))?((?:\\\r?\n|[^\n])*)|undef[ \t]+(\w+))/gm;

/** At file scope, where no line is indented. */
const FLAGS = /^(?:static[ \t]+)?(?:const[ \t]+gfp_t|gfp_t[ \t]+const)[ \t]+(\w+)[ \t]*=([^;{}]*);/gm;

/**
 * What a text makes macros and takes back, in its order; one that is defined more than once stands there as often.
 * Constant GFP flags are read like a macro of their name.
 */
export function macrosIn(text: string): readonly MacroText[] {
  const constants = constantsIn(text);
  if (!text.includes("define")) return constants;
  const macros = [...text.matchAll(DIRECTIVE)].map(
    ({ index: at, 1: name, 2: list, 3: body = "", 4: gone = "" }) => {
      if (name === undefined) return { name: gone, at };
      return { name, ...(list !== undefined && { parameters: parametersOf(list) }), body, at };
    },
  );
  return constants.length === 0 ? macros : [...macros, ...constants].sort((one, other) => one.at - other.at);
}

function constantsIn(text: string): readonly MacroText[] {
  if (!text.includes("gfp_t")) return [];
  return [...text.matchAll(FLAGS)].map(({ index: at, 1: name = "", 2: body = "" }) => ({ name, body, at }));
}

const parametersOf = (list: string): readonly string[] =>
  list
    .slice(1, -1)
    .replace(/\\\r?\n/g, " ")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

const pasted = new WeakMap<ReadonlySet<string>, Map<string, readonly string[]>>();

/** The macros that a body may call by a name which it pastes: `box_##op(...)`. Looked up once for each body. */
export function pastedNames(body: string, names: ReadonlySet<string>): readonly string[] {
  if (!body.includes("##")) return [];
  const known = pasted.get(names) ?? new Map<string, readonly string[]>();
  pasted.set(names, known);
  const found = known.get(body) ?? pastedIn(body, names);
  known.set(body, found);
  return found;
}

function pastedIn(body: string, names: ReadonlySet<string>): readonly string[] {
  const starts = Array.from(body.matchAll(/\b(\w+)\s*##\s*\w+\s*\(/g), ([, start = ""]) => start);
  return starts.length === 0 ? [] : [...names].filter((name) => starts.some((each) => name.startsWith(each)));
}
