import type { Scanned } from "../mutate/across.ts";
import type { Edit } from "../mutate/edit.ts";
import { callsOf, functionsOf, type ScannedFunction } from "../mutate/scan.ts";
import { PassedOver } from "./lay.ts";
import { namesIn } from "./names.ts";

/** What a callee of another file has from that file goes along with its body: functions of the file, macros, headers. */
export function borrowed(callee: Scanned, caller: Scanned): Edit {
  const { source, code } = callee;
  const functions = functionsOf(code);
  const reached = reachedFrom(callee, functions);
  const known = new Set(functionsOf(caller.code).map(({ name }) => name));
  if (reached.some(({ name }) => known.has(name))) throw new PassedOver("two functions of one name");
  const used = new Set(
    [callee.in, ...reached].flatMap(({ from, end }) => [...namesIn(code.slice(from, end))]),
  );
  const macros = macrosOf(source.text).filter(
    ({ name }) => used.has(name) && !new RegExp(`#\\s*define\\s+${name}\\b`).test(caller.source.text),
  );
  if (macros.some(({ text }) => /\b(?:return|goto)\b/.test(text)))
    throw new PassedOver("a macro that leaves");
  const texts = [
    ...includesOf(callee, caller),
    ...macros.map(({ text }) => text),
    ...reached.map(({ from, end }) => source.text.slice(from, end + 1)),
  ];
  const at = caller.in.from;
  return { at, end: at, text: texts.length === 0 ? "" : `${texts.join("\n")}\n\n` };
}

/** Functions that only their own file may call, in its order. */
function reachedFrom(
  { code, in: from }: Scanned,
  all: readonly ScannedFunction[],
): readonly ScannedFunction[] {
  const reached = new Set<ScannedFunction>([from]);
  for (const each of reached) {
    const called = new Set(callsOf(code, each).map(({ name }) => name));
    for (const other of all)
      if (called.has(other.name) && /\bstatic\b/.test(other.returns)) reached.add(other);
  }
  return all.filter((each) => each !== from && reached.has(each));
}

const macrosOf = (text: string): readonly { readonly name: string; readonly text: string }[] =>
  [...text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\\\r?\n|[^\n])*/gm)].map(([all, name = ""]) => ({
    name,
    text: all,
  }));

/** Those of its own folder are of no use in another one. */
function includesOf({ source }: Scanned, caller: Scanned): readonly string[] {
  const folder = (file: string) => file.slice(0, file.lastIndexOf("/"));
  const isBeside = folder(source.file) === folder(caller.source.file);
  const all = source.text.match(isBeside ? /^#include [<"].*$/gm : /^#include <.*$/gm) ?? [];
  return all.filter((each) => !caller.source.text.includes(each));
}
