import { punctuator } from "./marks.ts";

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
