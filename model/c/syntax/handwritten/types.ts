import { OPEN_BRACE, STAR } from "./punctuators.ts";
import type { Reader } from "./reader.ts";
import { NAME, unsure } from "./tokens.ts";

const QUALIFIERS: ReadonlySet<string> = new Set([
  "const",
  "volatile",
  "static",
  "extern",
  "register",
  "auto",
  "inline",
]);
const SIZES: ReadonlySet<string> = new Set(["unsigned", "signed", "long", "short"]);
const TAGGED: ReadonlySet<string> = new Set(["struct", "union", "enum"]);
const PRIMITIVES: ReadonlySet<string> = new Set(
  (
    "bool char int float double void size_t ssize_t ptrdiff_t intptr_t uintptr_t charptr_t nullptr_t max_align_t " +
    "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t char8_t char16_t char32_t char64_t"
  ).split(" "),
);

/** Words that no expression starts with: the grammar has rules of its own for them. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "if else while do for switch case default goto break continue return typedef _Generic generic offsetof __alignof__ __alignof _alignof alignof _Alignof " +
    "asm __asm__ __asm __extension__ __declspec _Atomic _Noreturn noreturn " +
    "constexpr thread_local __thread restrict __restrict__ alignas _Alignas __try __except __leave __finally " +
    "defined _Nonnull _unaligned __unaligned __inline __inline__ __forceinline __based __cdecl __clrcall " +
    "__stdcall __fastcall __thiscall __vectorcall"
  ).split(" "),
);

export const isReserved = (word: string): boolean => RESERVED.has(word) || word.startsWith("__attribute");

/** Whether the word can only be part of a type. */
export function isTypeWord(word: string): boolean {
  return QUALIFIERS.has(word) || SIZES.has(word) || TAGGED.has(word) || PRIMITIVES.has(word);
}

/** Skips the words of a type, up to its stars. Throws NotModelled for a definition and for what is no type. */
export function skipSpecifiers(reader: Reader): void {
  let [named, sized] = [false, false];
  for (; reader.kind() === NAME; ) {
    const word = reader.word();
    if (QUALIFIERS.has(word)) reader.skip();
    else if (named) break;
    else if (SIZES.has(word)) {
      sized = true;
      reader.skip();
    } else if (sized && !PRIMITIVES.has(word)) break;
    else {
      named = true;
      skipTypeName(reader, word);
    }
  }
  if (!named && !sized) unsure();
}

function skipTypeName(reader: Reader, word: string): void {
  if (isReserved(word)) unsure();
  reader.skip();
  if (!TAGGED.has(word)) return;
  reader.name();
  if (reader.kind() === OPEN_BRACE) unsure();
}

export function skipStars(reader: Reader): void {
  while (reader.kind() === STAR || (reader.kind() === NAME && QUALIFIERS.has(reader.word()))) reader.skip();
}
