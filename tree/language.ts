/** How the text of a file is taken: C, another language whose code is not read, or no code of the kernel. */
export type Language = "c" | "not-read" | "no-code";

/** Assembly, Rust, C++ and the input of yacc and lex: code that takes locks, and that nothing here reads. */
const NOT_READ = new Set("S s asm rs cc cpp cxx C hh hpp hxx y l".split(" "));

/** Documentation, descriptions, scripts and data. */
const NO_CODE = new Set(
  (
    "rst txt md tex html htm css svg png csv log 1 2 3 4 5 6 7 8 9 po bib dot gnuplot litmus patch diff doc " +
    "yaml yml json toml xml xsl ini conf cfg config bconf kunitconfig kconfig exceptions rules map seq " +
    "dts dtsi dtso asn1 awk sed sh bash py pl pm perl tc j2 cocci mk am ld lds syscalls tbl gitignore " +
    "gitattributes hex ppm pbm fuc fuc3 fuc5 scr template"
  ).split(" "),
);

/**
 * By the name alone. Headers and sources have many suffixes (.inc, .c_shipped, .h.in, .tpl): one that says nothing is
 * taken for C, a name without a suffix (Makefile, Kconfig) for none.
 */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:(?:Kconfig|Makefile|Kbuild)\b|\.\w+$)/.test(name)) return "no-code";
  const suffix = /\.(\w+)(?:\.in|_shipped)?$/.exec(name)?.[1];
  if (suffix === undefined || NO_CODE.has(suffix)) return "no-code";
  return NOT_READ.has(suffix) ? "not-read" : "c";
}
