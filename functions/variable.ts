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
