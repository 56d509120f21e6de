import type { CallText, Unit, UnitFunction } from "../model/c/source/index.ts";

/** Whether a text declares a variable of this name, or has a label that is called so. */
export const isVariable = (name: string, text: string): boolean =>
  new RegExp(
    `(?=[\\w*])(?<!\\b(?:return|goto|else|case)\\s*)(?:[\\w*]\\s|\\*)\\s*${name}\\s*(?:[;,=[)]|:\\s*\\d)`,
  ).test(text) || new RegExp(`\\b${name}(?<![?:(,\\w]\\s*${name})\\s*:(?!:)`).test(text);

/** Whether a call is given the address of a variable of the function itself, which nobody else can see. */
export function givesOwn(
  { arguments: given }: CallText,
  each: UnitFunction,
  { text }: Pick<Unit, "text">,
): boolean {
  const name = /&(\w+)$/.exec(given.replace(/\s+/g, ""))?.[1];
  if (name === undefined || each.parameters.includes(name)) return false;
  const body = text.slice(each.bodyStart, each.bodyEnd);
  return isVariable(name, body) && !new RegExp(`\\bstatic\\b[^;]*\\b${name}\\b`).test(body);
}

/** Whether a function declares a variable by the name that a call calls: it leads wherever it was set to. */
export function isShadowed({ name }: CallText, each: UnitFunction, { text }: Pick<Unit, "text">): boolean {
  const known = shadowed.get(each) ?? new Map<string, boolean>();
  shadowed.set(each, known);
  const found = known.get(name) ?? isDeclaredIn(text.slice(each.bodyStart, each.bodyEnd), name);
  known.set(name, found);
  return found;
}

/** Looked for once, however often a function calls the name. */
const shadowed = new WeakMap<UnitFunction, Map<string, boolean>>();

function isDeclaredIn(body: string, name: string): boolean {
  if (!standsBare(name, body)) return false;
  const type = "[;{}]\\s*(?!(?:return|goto|else|case)\\b)\\w[\\w\\s*]*";
  return new RegExp(`${type}(?:[\\s*]${name}\\s*[;,=[]|\\(\\s*\\*\\s*${name}\\s*\\)\\s*\\()`).test(body);
}

/** Whether a name stands somewhere without being called: it is asked of each call, and most names do not. */
function standsBare(name: string, body: string): boolean {
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + name.length)) {
    let next = at + name.length;
    if (/\w/.test(body[next] ?? "") || /\w/.test(body[at - 1] ?? "")) continue;
    while (body[next] === " ") next++;
    if (body[next] !== "(") return true;
  }
  return false;
}
