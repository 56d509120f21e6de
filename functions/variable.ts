/** Whether a text declares a variable of this name, or has a label that is called so. */
export const isVariable = (name: string, text: string): boolean =>
  new RegExp(
    `(?=[\\w*])(?<!\\b(?:return|goto|else|case)\\s*)(?:[\\w*]\\s|\\*)\\s*${name}\\s*(?:[;,=[)]|:\\s*\\d)`,
  ).test(text) || new RegExp(`\\b${name}(?<![?:(,\\w]\\s*${name})\\s*:(?!:)`).test(text);
