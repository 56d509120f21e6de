import { isUtf8 } from "node:buffer";

/** UTF-8 where it is that, else each byte a character. */
export function toText(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "latin1").decode(bytes);
}
