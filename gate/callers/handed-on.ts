import { readUnit } from "../../model/c/source/index.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { ChangedEffect } from "./changed-effects.ts";

/** A changed function of which some place hands on a pointer: who calls it through that is not known. */
export interface HandedOn {
  readonly file: string;
  readonly name: string;
  /** `file:line`, the first of them. */
  readonly place: string;
}

/** The functions among those with a changed effect that one of the images hands on, each once. */
export function handedOn(changes: readonly ChangedEffect[], images: readonly Image[]): readonly HandedOn[] {
  const found = changes.flatMap(({ file, name, private: isPrivate }) => {
    const own = images.filter((image) => !isPrivate || image.file === file);
    const places = own.flatMap((image) => {
      const line = firstLine(image.text, name);
      return line === undefined ? [] : [`${image.file}:${line}`];
    });
    return places.slice(0, 1).map((place) => ({ file, name, place }));
  });
  return [...new Map(found.map((each) => [`${each.file} ${each.name}`, each])).values()];
}

export const handedOnBound = ({ file, name, place }: HandedOn): string =>
  `${file}: what ${name}() does to locks changed, and ${place} hands it on as a pointer: callers by that were not judged`;

/** File-scope macros that say something of a function and call it nowhere. */
const SAYS_OF = /^(?:EXPORT_\w+|NOKPROBE_SYMBOL|ALLOW_ERROR_INJECTION|BTF_ID\w*)$/;

/** Where a text names the function as a value: assigned, or given as an argument. */
function firstLine(text: string, name: string): number | undefined {
  const { text: code, lines } = readUnit(text);
  const value = new RegExp(`(?:(\\w+)\\s*\\(|[=,{&:?])\\s*&?\\s*\\b(${name})\\b(?=\\s*[,;:)}])`, "g");
  for (const match of code.matchAll(value)) {
    if (!SAYS_OF.test(match[1] ?? "")) return lines.lineAt(match.index + match[0].length - name.length);
  }
  return undefined;
}
