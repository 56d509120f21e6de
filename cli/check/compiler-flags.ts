/** Flags that are followed by a word of their own (gcc's manual, Option Summary). */
const WITH_VALUE = new Set(
  "-include -imacros -isystem -idirafter -iquote -iprefix -isysroot -D -U -I -L -o -x -MF -MT -MQ --param -arch -target".split(
    " ",
  ),
);
/** Warnings, code generation, language, debugging, preprocessor and directories, as Kbuild's c_flags and CHECKFLAGS have them. */
const FLAG =
  /^(?:-[DUILWfmOg].*|-(?:nostdinc|pipe|pg|pthread|undef|ansi|pedantic|static|shared|E|S|c|w)|-std=.*|--param=.*|-M[MDGP]*|-p[\w-]+=?.*|--(?:target|arch)=.*|-Qunused-arguments)$/;

/** The words without the flags that make gives a checker in place of a compiler (`make C=1 CHECK=...`). */
export function withoutCompilerFlags(words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return [...kept, ...words.slice(at)];
    if (WITH_VALUE.has(word)) at++;
    else if (!FLAG.test(word)) kept.push(word);
  }
  return kept;
}
