import type { Located } from "./segment.ts";
import type { TreeIndex } from "./tree-index.ts";

/** The file in which the functions of a name stand, or those that it is one of. */
export interface Definers {
  readonly paths: readonly string[];
  /** By their paths. */
  readonly definitions: readonly Located[];
}

/** Programs of their own, that share names with the kernel, and nothing else. */
const APART = /^(?:Documentation|scripts|tools|usr)\//;

/**
 * The functions that a call in the file `asker` may mean, by the whole tree: those of its own file, else those that
 * other files may call. One is left where its architecture, the arms of `#if`s around it or its folder tell; where several
 * are, nothing tells which is meant.
 */
export function definersOf(index: Pick<TreeIndex, "definitions">, name: string, asker: string): Definers {
  const all = index.definitions(name).filter(isCallable);
  const own = all.filter(({ path }) => path === asker);
  if (own.length > 0) return definersIn(own);
  const visible = all.filter((each) => isVisible(each, asker));
  const real = visible.some(isReal) ? visible.filter((each) => !isStub(each)) : visible;
  return nearest(ofArchitecture(definersIn(real), asker), asker);
}

function definersIn(definitions: readonly Located[]): Definers {
  return { paths: [...new Set(definitions.map(({ path }) => path))], definitions };
}

const only = ({ definitions }: Definers, isWanted: (path: string) => boolean): Definers =>
  definersIn(definitions.filter(({ path }) => isWanted(path)));

const isHeader = (path: string): boolean => path.endsWith(".h");

/** A macro of this name may hide the function, unless it is there to say that the function is. */
const isCallable = ({ kind, name, calls, path }: Located): boolean =>
  kind === "function" ||
  ((kind === "macro" || kind === "object-macro") &&
    isHeader(path) &&
    !(calls.length === 1 && calls[0] === name));

function isVisible({ path, isStatic, kind }: Located, asker: string): boolean {
  if (!isHeader(path) && (isStatic || kind !== "function")) return false;
  return (APART.exec(path)?.[0] ?? "") === (APART.exec(asker)?.[0] ?? "");
}

const isReal = ({ path, kind }: Located): boolean => kind === "function" && !isHeader(path);

/** What a header has where the function is not configured: code that was built with the function is judged. */
const isStub = ({ path, condition, calls }: Located): boolean =>
  isHeader(path) && condition !== "" && calls.length === 0;

const architectureOf = (path: string): string | undefined => /^arch\/([^/]+)\//.exec(path)?.[1];

/** Code of an architecture means its own; generic code may mean that of any. */
function ofArchitecture(found: Definers, asker: string): Definers {
  const own = architectureOf(asker);
  if (own === undefined) return found;
  const same = only(found, (path) => architectureOf(path) === own);
  return same.paths.length > 0 ? same : only(found, (path) => architectureOf(path) === undefined);
}

/** The file in the nearest folder above the asker, where that is one alone; files of architectures stay beside others. */
function nearest(found: Definers, asker: string): Definers {
  if (found.paths.length < 2 || found.paths.some((path) => architectureOf(path) !== architectureOf(asker)))
    return found;
  const depth = (path: string) => sharedFolders(path, asker);
  const deepest = Math.max(...found.paths.map(depth));
  const near = only(found, (path) => depth(path) === deepest);
  return near.paths.length === 1 ? near : found;
}

/** How many folders two paths begin with. */
function sharedFolders(one: string, other: string): number {
  const [parts, others] = [one.split("/"), other.split("/")];
  let count = 0;
  while (count < parts.length - 1 && parts[count] === others[count]) count++;
  return count;
}
