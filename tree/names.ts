import { isUtf8 } from "node:buffer";
import { join } from "node:path";

/** Where the bytes of a name that is no UTF-8 stand: half a pair, which no text has. */
const BYTES = 0xdc00;
const HALF_A_PAIR = /\p{Surrogate}/u;

/** A file's name as a string that keeps each of its bytes, also where they are no UTF-8. */
export function nameOf(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return Buffer.from(bytes).toString();
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : BYTES + byte)).join("");
}

/** The bytes of a name that `nameOf` made. */
export const bytesOf = (name: string): Buffer =>
  isArgument(name) ? Buffer.from(name) : Buffer.from(Array.from(name, (each) => each.charCodeAt(0) & 0xff));

/** Whether the name can be an argument of another program. */
export const isArgument = (name: string): boolean => !HALF_A_PAIR.test(name);

/** A file below a folder, as the functions of `node:fs` take it. */
export const fileIn = (folder: string, name: string): string | Buffer =>
  isArgument(name) ? join(folder, name) : Buffer.concat([Buffer.from(`${folder}/`), bytesOf(name)]);

/** The names of a list in which each ends with a NUL; those whose bytes are wanted, where that is said. */
export function namesIn(
  bytes: Buffer,
  isWanted?: (bytes: Buffer, start: number) => boolean,
): readonly string[] {
  const names: string[] = [];
  for (let at = 0, end = bytes.indexOf(0); end >= 0; at = end + 1, end = bytes.indexOf(0, at)) {
    if (isWanted?.(bytes, at) !== false) names.push(nameOf(bytes.subarray(at, end)));
  }
  return names;
}
