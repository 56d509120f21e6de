import { splitTop, type Unit, type UnitFunction } from "../model/c/source/index.ts";

/** Where an expression leads, by what a function's parameters and the file's variables are called. */
export type Canonical = (expression: string) => string | undefined;

interface Accessor {
  readonly parameter: string;
  /** What it gives, with its parameter in it. */
  readonly text: string;
}

/** Functions and macros of a source that give what their only argument leads to, by name. */
export type Accessors = ReadonlyMap<string, Accessor>;

const RETURNED = /^\{?\s*return\s+([^;{}]+);\s*\}?\s*$/;
const KEPT =
  /^\{?\s*(?:const\s+)?(?:struct|union)\s+\w+\s*\*\s*(\w+)\s*=\s*([^;{}]+);\s*return\s+\1\s*;\s*\}?\s*$/;

export function accessorsIn({ functions, macros, text }: Unit): Accessors {
  const found = new Map<string, Accessor>();
  for (const { name, parameters, bodyStart, bodyEnd } of functions) {
    const [parameter, ...others] = parameters;
    if (parameter === undefined || others.length > 0 || bodyEnd - bodyStart > LONGEST) continue;
    const body = text.slice(bodyStart, bodyEnd).trim();
    const given = RETURNED.exec(body)?.[1] ?? KEPT.exec(body)?.[2];
    if (given !== undefined) found.set(name, { parameter, text: plain(given) });
  }
  for (const name of macros.names) {
    const { parameters = [], body = "" } = macros.definitionsOf(name).at(-1) ?? {};
    const [parameter, ...others] = parameters;
    const given = body.length < LONGEST ? plain(body) : "";
    if (parameter !== undefined && others.length === 0 && /^\w+\([^{};]*\)$/.test(given))
      found.set(name, { parameter, text: given });
  }
  return found;
}

/** In characters: what is longer is no accessor. */
const LONGEST = 300;

const CAST =
  /\(\s*(?:const\s+)?(?:(?:struct|union|enum)\s*\w+|void|char|u8|unsigned\s*long|\w+_t)\s*\**\s*\)(?=\s*[\w&(*])/g;
const CONTAINER = /\bcontainer_of(?:_const)?\(([^(),]*(?:\([^()]*\))?[^(),]*),[^(),]*,(\w+)\)/g;

/** Without casts, white space and needless parentheses; `.` before the member of a container. */
function plain(expression: string): string {
  const bare = expression
    .replace(CAST, "")
    .replace(/\s+/g, "")
    .replace(/(^|[^\w)\]])\((\w+)\)/g, "$1$2")
    .replace(/^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/, "$1");
  return bare.replace(CONTAINER, "container_of($1,0,.$2)");
}

const NAME = /(^|[^\w.>])([A-Za-z_]\w*)(?![\w(])/g;
const CALL = /\b(\w+)\(([^()]*)\)/g;
/** The container of a member is what the member is reached by. */
const WITHIN = /\bcontainer_of\(&([\w>-]+)->(\w+),0,\.(\w+)\)/g;
/** What makes or takes another object each time. */
const MAKING = /alloc|new|create|dup|next|pop|dequeue|first|last|remove|clone|get_free|claim/;
/** Accessors of accessors that are looked into. */
const MAX_DEPTH = 4;

/** Reads what the expressions of one function lead to; undefined where a variable that is assigned more than once decides. */
export function canonicalIn(
  { parameters, bodyStart, bodyEnd }: UnitFunction,
  { text }: Unit,
  accessors: Accessors,
): Canonical {
  const assigned = assignedIn(text.slice(bodyStart, bodyEnd), new Set(parameters));
  const go = (expression: string, depth: number): string | undefined => {
    if (depth === 0) return undefined;
    let isKnown = true;
    const named = plain(expression).replace(NAME, (_, before: string, name: string) => {
      const value = assigned.get(name);
      const meant = value === undefined ? undefined : value === "" ? "" : go(value, depth - 1);
      if (value !== undefined && !meant) isKnown = false;
      return `${before}${meant || name}`;
    });
    return isKnown ? expanded(named, accessors) : undefined;
  };
  return (expression) => go(expression.replace(/^\s*&/, ""), MAX_DEPTH);
}

/** With what accessors of the source stand for. */
function expanded(text: string, accessors: Accessors): string | undefined {
  let result = text;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next = result
      .replace(CALL, (whole, name: string, arg: string) => {
        const accessor = accessors.get(name);
        return accessor
          ? accessor.text.replace(NAME, (all, before: string, each: string) =>
              each === accessor.parameter ? `${before}${arg}` : all,
            )
          : whole;
      })
      .replace(WITHIN, (whole, object: string, member: string, of: string) =>
        member === of ? object : whole,
      );
    if (next === result) break;
    result = next;
  }
  return [...result.matchAll(CALL)].some(([, name = ""]) => MAKING.test(name)) ? undefined : result;
}

const ASSIGNED = /\b(\w+)\s*(=(?!=)|\+=|-=|\+\+|--)/g;

/** What a function's variables get; nothing for those that get more than one thing, and for parameters. */
function assignedIn(body: string, parameters: ReadonlySet<string>): ReadonlyMap<string, string> {
  const assigned = new Map<string, string>();
  for (const { 0: whole, 1: name = "", 2: operator, index } of body.matchAll(ASSIGNED)) {
    if (/[.>]\s*$/.test(body.slice(Math.max(0, index - 3), index))) continue;
    const at = index + whole.length;
    const [value = ""] = splitTop(body.slice(at, at + LONGEST).split(";", 1)[0] ?? "");
    const isOnly = operator === "=" && !assigned.has(name) && !parameters.has(name);
    assigned.set(name, isOnly && /^[^?{}=]+$/.test(value) ? value : "");
  }
  return assigned;
}
