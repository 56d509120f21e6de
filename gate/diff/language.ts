import { type Language, languageOf } from "../../tree/language.ts";
import type { FileDiff } from "./diff.ts";

/** The language that a change is about: that of the file as it is after it, or C where it was that before. */
export function languageOfDiff({ before, after }: Pick<FileDiff, "before" | "after">): Language {
  const [is, was] = [after ?? before ?? "", before ?? after ?? ""].map(languageOf);
  return was === "c" ? "c" : (is ?? "no-code");
}

/** Files with code that is not read, and that the change alters. */
export function unreadCode(files: readonly FileDiff[]): readonly string[] {
  const unread = files.filter((file) => languageOfDiff(file) === "not-read" && altersText(file));
  return unread.map(({ before, after }) => `${after ?? before}: not read, as it is no C`);
}

const altersText = ({ hunks, binary }: FileDiff): boolean => hunks.length > 0 || binary;
