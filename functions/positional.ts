/** A function in a table that names no member. */
export interface PositionalFunction {
  /** The member that stands there in the table's type, or the table itself where it is an array of functions. */
  readonly member: string;
  readonly name: string;
}

export interface PositionalFunctions {
  readonly members: readonly PositionalFunction[];
  /** Functions in tables whose type is not in sight: any member may lead to them. */
  readonly anywhere: readonly string[];
}

const ELEMENT = /[{,]\s*(?:\[[^\]]*\]\s*=\s*)?(?:\([^()]*\)\s*)?&?\s*([A-Za-z_]\w*)(?=\s*[,}])/g;
const BRACKET = /[{}()[\],;]/g;
/** In characters: what stands before a table and is longer is not read. */
const LONGEST = 300;

/** Those of the functions of `isAsked` that tables of a text without comments hold by their place alone. */
export function positionalIn(text: string, isAsked: (name: string) => boolean): PositionalFunctions {
  const elements = [...text.matchAll(ELEMENT)].flatMap(({ 0: whole, 1: name = "", index }) =>
    isAsked(name) ? [{ name, at: index + whole.length - name.length }] : [],
  );
  const members: PositionalFunction[] = [];
  const anywhere: string[] = [];
  const layouts = new Map<string, readonly string[] | undefined>();
  const layoutOf = (type: string) => {
    if (!layouts.has(type)) layouts.set(type, membersOf(text, type));
    return layouts.get(type);
  };
  for (const { name, braces } of placed(text, elements)) {
    const member = memberAt(text, braces, layoutOf);
    if (member === undefined) anywhere.push(name);
    else if (member !== "") members.push({ member, name });
  }
  return { members, anywhere };
}

/** An open bracket, and how many elements have ended in it. */
interface Open {
  readonly bracket: string;
  readonly at: number;
  elements: number;
}

interface Element {
  readonly name: string;
  readonly at: number;
}

/** Each element with the braces around it, from the outermost of its table on; those within parentheses are arguments. */
function placed(text: string, elements: readonly Element[]) {
  const found: { readonly name: string; readonly braces: readonly Open[] }[] = [];
  if (elements.length === 0) return found;
  const open: Open[] = [];
  let next = 0;
  for (const { 0: bracket, index } of text.matchAll(BRACKET)) {
    for (let each = elements[next]; each && each.at < index; each = elements[++next]) {
      const from = open.findLastIndex((one) => one.bracket !== "{" || isTable(text, one.at));
      const braces = open.slice(from).map((one) => ({ ...one }));
      if (from >= 0 && braces[0]?.bracket === "{") found.push({ name: each.name, braces });
    }
    const innermost = open.at(-1);
    if (bracket === ",") {
      if (innermost) innermost.elements++;
    } else if (bracket === ";") continue;
    else if (/[{([]/.test(bracket)) open.push({ bracket, at: index, elements: 0 });
    else open.pop();
  }
  return found;
}

const before = (text: string, at: number): string =>
  /[^;{}]*$/.exec(text.slice(Math.max(0, at - LONGEST), at))?.[0] ?? "";

/** Behind `=`, or behind the type of a literal. */
const isTable = (text: string, at: number): boolean =>
  /=\s*$|\(\s*(?:const\s+)?(?:struct|union)\s+\w+\s*(?:\[[^\]]*\]\s*)?\)\s*$/.test(before(text, at));

const POINTERS = /\(\s*\*+\s*(?:const\s+)?(\w+)\s*\[[^(]*\)\s*\(/;
const NAME = /(\w+)\s*(\[[^\]]*\]\s*)*(?:__\w+\s*)*=\s*$/;

/** The member that an element initialises; undefined where that is not in sight, empty for one that holds no pointer. */
function memberAt(
  text: string,
  braces: readonly Open[],
  layoutOf: (type: string) => readonly string[] | undefined,
): string | undefined {
  const [outer, inner] = [braces[0], braces.at(-1)];
  if (!outer || !inner) return undefined;
  const head = before(text, outer.at);
  const pointers = POINTERS.exec(head)?.[1];
  if (pointers !== undefined) return pointers;
  const [, name, array] = NAME.exec(head) ?? [];
  const type = /\b(?:struct|union)\s+(\w+)/.exec(head)?.[1];
  const depth = array === undefined && !/\]\s*\)\s*$/.test(head) ? 1 : 2;
  if (type === undefined && array !== undefined && braces.length === 1) return name;
  if (braces.length > depth) return undefined;
  const layout = type === undefined ? layoutBefore(text, outer.at - head.length) : layoutOf(type);
  // Elements of an array may be listed without braces of their own.
  return layout?.[inner.elements % Math.max(1, layout.length)];
}

/** The members of a type without a name, whose body ends there. */
function layoutBefore(text: string, end: number): readonly string[] | undefined {
  const body = /\bstruct\s*\{([^{}]*)\}$/.exec(text.slice(Math.max(0, end - 10 * LONGEST), end))?.[1];
  return body === undefined ? undefined : namesIn(body);
}

/** The names of a type's members in their order, where it is in sight and plain: empty for one that is no function. */
function membersOf(text: string, type: string): readonly string[] | undefined {
  const body = new RegExp(`\\b(?:struct|union)\\s+${type}\\s*\\{([^{}]*)\\}`).exec(text)?.[1];
  return body === undefined ? undefined : namesIn(body);
}

const namesIn = (body: string): readonly string[] =>
  body
    .split(";")
    .slice(0, -1)
    .flatMap((each) => {
      const pointer = /\(\s*\*+\s*(?:const\s+)?(\w+)/.exec(each)?.[1];
      return pointer === undefined
        ? each.split(",").map((one) => /(\w+)\W*$/.exec(one)?.[1] ?? "")
        : [pointer];
    });
