import { isUtf8 } from "node:buffer";
import { InputError } from "../../model/input-error.ts";

/** No patch that a person reads is larger, in bytes. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** Text of an input file: UTF-8, else read byte by byte. Throws an InputError where it is too large or binary. */
export function decodeText(name: string, bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    throw new InputError(`${name}: ${bytes.length} bytes; a patch may have at most ${MAX_BYTES}`);
  }
  if (bytes.includes(0)) throw new InputError(`${name}: binary data, not a patch or mail`);
  return toText(bytes);
}

/** UTF-8 where it is that, else each byte a character. */
export function toText(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "latin1").decode(bytes);
}
