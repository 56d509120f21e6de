import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, type Edit } from "./edit.ts";
import type { MutationKind } from "./kind.ts";
import { blank, callStatements, functionsOf } from "./scan.ts";

export interface CFile {
  /** Relative to the tree. */
  readonly file: string;
  readonly text: string;
}

/** One place where one kind of mutation can be made. */
export interface Site {
  readonly source: CFile;
  readonly function: string;
  /** From 1. */
  readonly line: number;
  readonly edit: Edit;
  readonly rules: readonly string[];
  readonly outOfReach: string | undefined;
  readonly harmless: string | undefined;
}

/** The C files of one folder, not of those below it. */
export function readFolder(tree: string, folder: string): readonly CFile[] {
  return readdirSync(join(tree, folder))
    .filter((name) => name.endsWith(".c"))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(tree, folder, name), "utf8") }));
}

export function sitesOf(source: CFile, kind: MutationKind): readonly Site[] {
  const code = blank(source.text);
  return functionsOf(code).flatMap((each) => {
    const body = code.slice(each.start, each.end);
    return callStatements(code, each).flatMap((call) => {
      const place = { call, in: each, body };
      const edit = kind.edit(place);
      if (!edit) return [];
      const line = code.slice(0, call.at).split("\n").length;
      const [outOfReach, harmless] = [kind.outOfReach?.(place), kind.harmless?.(place)];
      return [{ source, function: each.name, line, edit, rules: kind.rules(call), outOfReach, harmless }];
    });
  });
}

export const mutate = ({ source, edit }: Site): string => applyEdits(source.text, [edit]);
