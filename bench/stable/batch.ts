import { posix } from "node:path";

/** Files of a batch: with more, the gate would read less around them and leave functions out. */
const MAX_FILES = 60;

/** Parts of a change: files of a folder together, those of neighbours too where they are few. */
export function batchesOf(files: readonly string[], most = MAX_FILES): readonly (readonly string[])[] {
  return within(files, 0, most);
}

/** All at once where they are few enough, else folder by folder, those that follow each other joined again. */
function within(files: readonly string[], depth: number, most: number): readonly (readonly string[])[] {
  if (files.length <= most) return files.length === 0 ? [] : [files];
  const own = files.filter((file) => folderAt(file, depth) === undefined);
  const folders = new Set(files.flatMap((file) => folderAt(file, depth) ?? []));
  const parts = [...folders].flatMap((folder) =>
    within(
      files.filter((file) => folderAt(file, depth) === folder),
      depth + 1,
      most,
    ),
  );
  return joined([...slices(own, most), ...parts], most);
}

/** The folder of a file that many levels down; undefined for one that stands further up. */
function folderAt(file: string, depth: number): string | undefined {
  return posix.dirname(file) === "." ? undefined : posix.dirname(file).split("/")[depth];
}

function slices(files: readonly string[], most: number): readonly (readonly string[])[] {
  const count = Math.ceil(files.length / most);
  return Array.from({ length: count }, (_, at) => files.slice(at * most, (at + 1) * most));
}

function joined(parts: readonly (readonly string[])[], most: number): readonly (readonly string[])[] {
  const whole: (readonly string[])[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && last.length + part.length <= most) whole[whole.length - 1] = [...last, ...part];
    else whole.push(part);
  }
  return whole;
}
