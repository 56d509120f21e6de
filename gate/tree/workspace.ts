import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../../model/input-error.ts";
import type { FileDiff } from "../diff/diff.ts";
import { leavesTree } from "../diff/path.ts";
import { writeDiff } from "../diff/write.ts";
import { toText } from "../intake/text.ts";
import { type GitResult, gitApply } from "./git.ts";
import type { Tree } from "./tree.ts";

/** What a file was and became by one patch. */
export interface AppliedFile {
  readonly file: FileDiff;
  readonly before?: string;
  readonly after?: string;
  /** Why the patch could not be applied to it; then neither side is there. */
  readonly failure?: string;
}

/** A temporary copy of the files that patches touch, to which they are applied one after another. */
export interface Workspace {
  apply(files: readonly FileDiff[], collapsed: boolean): readonly AppliedFile[];
  remove(): void;
}

export function openWorkspace(tree: Tree): Workspace {
  const root = mkdtempSync(join(tmpdir(), "holdfast-"));
  const remove = () => rmSync(root, { recursive: true, force: true });
  process.once("exit", remove);
  const copied = new Set<string>();
  const copy = (path: string | undefined): string | undefined => {
    if (path === undefined || leavesTree(path)) return undefined;
    const target = join(root, path);
    if (!copied.has(path)) {
      copied.add(path);
      const bytes = tree.read(path);
      if (bytes !== undefined) writeBytes(target, bytes);
    }
    return readText(target);
  };
  return {
    apply: (files, collapsed) => files.map((file) => applyOne({ root, copy, tree }, file, collapsed)),
    remove: () => {
      process.off("exit", remove);
      remove();
    },
  };
}

interface Place {
  readonly root: string;
  readonly tree: Tree;
  readonly copy: (path: string | undefined) => string | undefined;
}

function applyOne({ root, copy, tree }: Place, file: FileDiff, collapsed: boolean): AppliedFile {
  const before = copy(file.before);
  copy(file.after);
  if (file.before !== undefined && before === undefined) {
    return { file, failure: `${file.before} is not in ${tree.name}` };
  }
  // A mode alone is none of ours, and git would call the patch an empty one.
  if (file.hunks.length === 0 && !file.binary && file.before === file.after && before !== undefined) {
    return { file, before, after: before };
  }
  const options = collapsed ? ["--ignore-whitespace"] : [];
  const applied = applyBytes(root, writeDiff(file), options);
  if (!applied.ok) return { file, failure: applied.error.replace(/^error: /, "") };
  const after = file.after === undefined ? undefined : readText(join(root, file.after));
  return { file, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** A mail that is not UTF-8 was read byte by byte: then its bytes are its characters. */
function applyBytes(root: string, patch: string, options: readonly string[]): GitResult {
  const applied = gitApply(root, Buffer.from(patch), options);
  const bytes = !applied.ok && /[\u0080-\u00ff]/.test(patch) && !/[^\0-\u00ff]/.test(patch);
  return bytes ? gitApply(root, Buffer.from(patch, "latin1"), options) : applied;
}

function writeBytes(path: string, bytes: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw new InputError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const readText = (path: string): string | undefined =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ? toText(readFileSync(path)) : undefined;
