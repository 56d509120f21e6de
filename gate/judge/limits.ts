import { type CheckResult, NOTHING } from "../../functions/result.ts";
import { tableKnowledge, takesLocks } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { sentenceOf } from "../../model/not-modelled.ts";
import { changedFunctions, type ImagePair } from "../apply/image-pair.ts";

/** Functions of one patch that are judged: more would keep a person waiting. */
const MAX_FUNCTIONS = 300;
/** C files of one patch that are read. */
const MAX_FILES = 500;

/** A file of a patch with the functions that are judged in it. */
export interface ToJudge {
  readonly pair: ImagePair;
  readonly names: readonly string[];
}

export interface Limited {
  readonly wanted: readonly ToJudge[];
  /** The functions that are left out, as skipped ones. */
  readonly left: CheckResult;
}

/**
 * The functions of a patch that are judged: all that it touches, or, where it touches very many, the first of
 * those that may take locks. Each of these that is left out is named.
 */
export function limitFunctions(pairs: readonly ImagePair[]): Limited {
  const all = pairs.map((pair) => ({ pair, names: changedFunctions(pair) }));
  const count = all.reduce((sum, { names }) => sum + names.length, 0);
  if (count <= MAX_FUNCTIONS) return { wanted: all, left: NOTHING };
  let room = MAX_FUNCTIONS;
  const wanted: ToJudge[] = [];
  const skipped = all.flatMap(({ pair, names }) => {
    const locking = names.filter(mayTakeLocks(pair));
    const taken = locking.slice(0, room);
    room -= taken.length;
    wanted.push({ pair, names: taken });
    const reason = sentenceOf({ kind: "too many functions", most: MAX_FUNCTIONS, in: "patch" });
    return locking.slice(taken.length).map((name) => ({ file: fileOf(pair), function: name, reason }));
  });
  return {
    wanted,
    left: { ...NOTHING, functions: { ...NOTHING.functions, seen: skipped.length, skipped } },
  };
}

const fileOf = ({ before, after }: ImagePair): string => (after ?? before)?.file ?? "";

/** A function that calls nothing that is known, and nothing of its own file, has nothing to do with locks. */
function mayTakeLocks({ before, after }: ImagePair): (name: string) => boolean {
  const units = [before, after].flatMap((image) => (image ? [readUnit(image.text)] : []));
  const defined = new Set(units.flatMap(({ functions }) => functions.map(({ name }) => name)));
  const matters = (callee: string) =>
    defined.has(callee) || takesLocks(tableKnowledge, callee) || tableKnowledge.matters(callee);
  const wanted = units.flatMap(({ functions }) =>
    functions.flatMap(({ name, calls }) => ([...calls].some(matters) ? [name] : [])),
  );
  const names = new Set(wanted);
  return (name) => names.has(name);
}

/** The files of a patch that are read, and what says so where others are not. */
export function limitFiles<File extends { readonly after?: string; readonly before?: string }>(
  files: readonly File[],
): { readonly read: readonly File[]; readonly bounds: readonly string[] } {
  const [read, left] = [files.slice(0, MAX_FILES), files.slice(MAX_FILES)];
  const [first] = left;
  if (!first) return { read, bounds: [] };
  const which = left.length === 1 ? "1 file was" : `${left.length} files were`;
  const bound = `more than ${MAX_FILES} C files in one patch: ${which} not read, from ${first.after ?? first.before} on`;
  return { read, bounds: [bound] };
}
