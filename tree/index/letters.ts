/** Kinds of bytes that a scan of C tells apart. */
export const OTHER = 0;
export const SPACE = 1;
export const LINE_END = 2;
export const LETTER = 3;
export const DIGIT = 4;

const KINDS = new Uint8Array(0x10000);
for (const each of " \t\r\f\v\\") KINDS[each.charCodeAt(0)] = SPACE;
KINDS[0x0a] = LINE_END;
for (let at = 0; at < 26; at++) KINDS[0x41 + at] = KINDS[0x61 + at] = LETTER;
KINDS[0x5f] = LETTER;
for (let at = 0; at < 10; at++) KINDS[0x30 + at] = DIGIT;

export const kindOf = (code: number): number => KINDS[code] ?? OTHER;

/** Where a name that begins at an offset ends. */
export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && kindOf(text.charCodeAt(at)) >= LETTER) at++;
  return at;
}

/** The next byte that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind !== SPACE && kind !== LINE_END) return at;
  }
  return at;
}

/** Behind a string or character constant whose quote stands at an offset; a line's end ends one that is not closed. */
export function literalEnd(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 0x5c) at++;
    else if (code === 0x0a) return at;
  }
  return text.length;
}

/** Behind a comment that begins at an offset; the offset itself where none does. */
export function commentEnd(text: string, from: number): number {
  const next = text.charCodeAt(from + 1);
  if (next === 0x2a) {
    const end = text.indexOf("*/", from + 2);
    return end < 0 ? text.length : end + 2;
  }
  return next === 0x2f ? lineEnd(text, from) : from;
}

/** The end of a line with those that it goes on in; comments in it may have lines of their own. */
export function directiveEnd(text: string, from: number): number {
  let end = lineEnd(text, from);
  for (let start = from; ; ) {
    const at = text.slice(start, end).indexOf("/*");
    if (at < 0) return end;
    start = commentEnd(text, start + at);
    if (start > end) end = lineEnd(text, start);
  }
}

function lineEnd(text: string, from: number): number {
  for (let at = text.indexOf("\n", from); at >= 0; at = text.indexOf("\n", at + 1)) {
    const before = text[at - 1] === "\r" ? at - 2 : at - 1;
    if (text[before] !== "\\" || before < from) return at;
  }
  return text.length;
}
