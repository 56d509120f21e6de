import { posix } from "node:path";
import type { SourceFile } from "./sources.ts";

/** What a document says of the repository that is not so. */
export interface Documents {
  readonly documents: readonly SourceFile[];
  readonly files: readonly string[];
}

/** Links to files that are not there. */
export function brokenLinks({ documents, files }: Documents): readonly string[] {
  return documents.flatMap(({ path, text }) =>
    linksOf(text)
      .filter((link) => !link.startsWith("http") && !link.startsWith("#"))
      .filter((link) => !exists(posix.join(posix.dirname(path), link.replace(/#.*/, "")), files))
      .map((link) => `${path}: ${link}`),
  );
}

export const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => to);

/** Paths of files and folders, from the root, that are not there; one that is told to be `(new)` must not be. */
export function wrongPaths({ documents, files }: Documents): readonly string[] {
  const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0] ?? ""));
  return documents.flatMap(({ path, text }) => {
    const planned = new Set([...text.matchAll(/`([^`\n]+)` \(new\)/g)].map(([, file = ""]) => file));
    const named = pathsIn(text, folders);
    return [...new Set(named)]
      .filter((file) => exists(file, files) === namesOf(file).some((name) => planned.has(name)))
      .map((file) => `${path}: ${file}`);
  });
}

/** Words that begin with a top folder, but for placeholders, options and what follows from a file's own path. */
function pathsIn(text: string, folders: ReadonlySet<string>): readonly string[] {
  const words = text.split(/[^\w./*-]+/);
  return words
    .map((word) => word.replace(/[.*/]+$/, ""))
    .filter((word) => /^[\w.]+\/[\w./-]+$/.test(word) && !/[A-Z]{3}/.test(word))
    .filter((word) => folders.has(word.split("/")[0] ?? "") && !word.startsWith("bench/results/"));
}

/** A word after `vitest run` may be the beginning of a test's name. */
const namesOf = (path: string): readonly string[] => [path, `${path}.test.ts`];

const exists = (path: string, files: readonly string[]): boolean =>
  files.some((file) => namesOf(path).includes(file) || file.startsWith(`${path}/`));
