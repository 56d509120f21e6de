/** The kind of a punctuator's token: its characters, the first in the lowest byte. */
export function punctuator(text: string): number {
  return text.charCodeAt(0) | ((text.charCodeAt(1) | 0) << 8) | ((text.charCodeAt(2) | 0) << 16);
}

export const OPEN = punctuator("(");
export const CLOSE = punctuator(")");
export const OPEN_BRACE = punctuator("{");
export const CLOSE_BRACE = punctuator("}");
export const INDEX = punctuator("[");
export const INDEX_END = punctuator("]");
export const SEMICOLON = punctuator(";");
export const COMMA = punctuator(",");
export const COLON = punctuator(":");
export const QUESTION = punctuator("?");
export const DOT = punctuator(".");
export const ARROW = punctuator("->");
export const ASSIGN = punctuator("=");
export const STAR = punctuator("*");
export const AND = punctuator("&");
export const MINUS = punctuator("-");
export const PLUS = punctuator("+");

/** By how closely they bind. */
export const BINARY: ReadonlyMap<number, readonly [strength: number, operator: string]> = new Map(
  [
    ["||"],
    ["&&"],
    ["|"],
    ["^"],
    ["&"],
    ["==", "!="],
    ["<", ">", "<=", ">="],
    ["<<", ">>"],
    ["+", "-"],
    ["*", "/", "%"],
  ].flatMap((operators, strength) => operators.map((each) => [punctuator(each), [strength, each]] as const)),
);

export const ASSIGNMENTS: ReadonlyMap<number, string> = new Map(
  ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="].map((each) => [punctuator(each), each]),
);

export const STEPS: ReadonlyMap<number, "++" | "--"> = new Map([
  [punctuator("++"), "++"],
  [punctuator("--"), "--"],
]);

export const PREFIXES: ReadonlyMap<number, string> = new Map(
  ["!", "~", "-", "+", "*", "&"].map((each) => [punctuator(each), each]),
);
