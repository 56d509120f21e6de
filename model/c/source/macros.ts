/** A macro that a text defines. */
export interface MacroText {
  readonly name: string;
  /** What it stands for, with continued lines. */
  readonly body: string;
  /** Offset of its directive in the text. */
  readonly at: number;
}

const DEFINE = /^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)]*\))?((?:\\\r?\n|[^\n])*)/gm;

/** The macros that a text defines, in its order; one that is defined more than once stands there as often. */
export function macrosIn(text: string): readonly MacroText[] {
  if (!text.includes("define")) return [];
  return [...text.matchAll(DEFINE)].map(({ index, 1: name = "", 3: body = "" }) => ({
    name,
    body,
    at: index,
  }));
}
