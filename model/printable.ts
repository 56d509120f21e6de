/**
 * Text from a patch or a model, made harmless: control characters, which drive terminals, and marks that turn
 * the direction of text are shown by their code.
 */
export function printable(text: string): string {
  // A byte of a file's name that is no UTF-8.
  const whole = text.replace(/\p{Surrogate}/gu, (half) => `\\x${(half.charCodeAt(0) & 0xff).toString(16)}`);
  return whole.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** The same on one line. */
export const oneLine = (text: string): string => printable(text.replace(/[\n\t]+/g, " ")).trim();

/** A JSON document that acts nowhere: what drives terminals or opens a tag is escaped, and reads back the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[<\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Workflow logs take a line that begins so for a command. */
export const withoutCommands = (text: string): string => text.replace(/^(\s*)(::|##\[)/gm, "$1\\$2");

/** A text of these lines: each stays one line, and neither a terminal nor a workflow log acts on what stands in it. */
export const harmlessLines = (lines: readonly string[]): string =>
  lines.map((line) => withoutCommands(printable(line.replace(/[\n\r\t]+/g, " ")))).join("\n");
