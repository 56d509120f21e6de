/** A backslash at the end of a line: the next line goes on with it (C11 5.1.1.2, phase 2). */
export const SPLICE = /\\[ \t]*\r?\n/;

const SPLICES = new RegExp(SPLICE, "g");
const OPERATOR = "[-+*/&|<>=!^%.:#]";
/** A name or an operator that goes on in the next line. */
const SPLIT = new RegExp(
  ["\\w", OPERATOR].map((part) => `${part}(?:(?:${SPLICE.source})+${part}+)+`).join("|"),
  "g",
);

/** Puts each token that is split over lines where it begins, and the line breaks behind it: the length stays. */
export const joinTokens = (text: string): string =>
  text.replace(SPLIT, (token) => token.replace(SPLICES, "") + (token.match(SPLICES) ?? []).join(""));

/** Blanks the backslashes of continued lines, but for those of directives, which end with their line. */
export function blankSplices(text: string): string {
  let [directive, behind] = [false, -1];
  return text.replace(SPLICES, (splice, at: number) => {
    const start = text.lastIndexOf("\n", at) + 1;
    if (start !== behind) directive = /^[ \t]*(?:#|%:)/.test(text.slice(start, Math.min(at, start + 200)));
    behind = at + splice.length;
    return directive ? splice : splice.replace("\\", " ");
  });
}
