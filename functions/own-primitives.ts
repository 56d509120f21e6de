import { tableKnowledge, takesLocks } from "../model/c/knowledge/index.ts";
import type { Unit } from "../model/c/source/index.ts";

/**
 * Lock functions of the table that a source defines anew and calls, as a function or as a macro: `file:line: what is
 * assumed`. A file that the table's row cites, or the file of that header, defines what the row describes.
 */
export function ownPrimitives(file: string, { functions, macros, lines }: Unit): readonly string[] {
  const isRow = (name: string) => takesLocks(tableKnowledge, name);
  const defined = functions.flatMap(({ name, start, head }) =>
    isRow(name) && (/\bstatic\b/.test(head) || !isCited(file, name)) ? [{ name, at: start }] : [],
  );
  const asMacros = [...macros.names]
    .filter(isRow)
    .flatMap((name) =>
      macros
        .definitionsOf(name)
        .flatMap(({ body, at }) => (body !== undefined && at >= 0 ? [{ name, at }] : [])),
    );
  const anew = [...defined, ...asMacros];
  if (anew.length === 0) return [];
  const called = new Set(functions.flatMap(({ calls, name }) => [...calls].filter((each) => each !== name)));
  return anew
    .filter(({ name }) => called.has(name))
    .sort((one, other) => one.at - other.at)
    .map(
      ({ name, at }) =>
        `${file}:${lines.lineAt(at)}: ${name}() is defined here: its calls are judged as the table describes it`,
    );
}

/** A row cites files of the kernel, as `kernel/locking/mutex.c`. */
function isCited(file: string, name: string): boolean {
  const cited = (tableKnowledge.find(name, [])?.source ?? "").match(/[\w/.-]+\.[ch]\b/g) ?? [];
  return cited.some((each) => stemOf(each) === stemOf(file));
}

const stemOf = (file: string): string => /(\w[\w-]*)\.\w+$/.exec(file)?.[1] ?? file;
