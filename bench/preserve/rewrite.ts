import { applyEdits, type Edit } from "../mutate/edit.ts";
import { blank, functionsOf } from "../mutate/scan.ts";
import type { CFile } from "../mutate/site.ts";
import type { PreservingKind } from "./edit-kind.ts";

/** One place where code can be written differently and stay the same. */
export interface Rewrite {
  readonly source: CFile;
  readonly function: string;
  readonly edits: readonly Edit[];
}

export function rewritesOf(source: CFile, kind: PreservingKind): readonly Rewrite[] {
  const code = blank(source.text);
  return functionsOf(code).flatMap((each) =>
    kind
      .edits({ text: source.text, code, in: each })
      .map((edits) => ({ source, function: each.name, edits })),
  );
}

export const preserve = ({ source, edits }: Rewrite): string => applyEdits(source.text, edits);
