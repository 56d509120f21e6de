import { statSync } from "node:fs";
import { InputError } from "../../model/input-error.ts";
import { isStandardInput, type SourceFile } from "./source-files.ts";

/** Which part of how many. */
export interface ShardPlace {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** @throws InputError for what is not `i/n` with 1 <= i <= n. */
export function shardPlace(text: string): ShardPlace {
  const [, index = 0, of = 0] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > of)
    throw new InputError(`--shard '${text}': say i/n, with i from 1 to n, as in 3/8`);
  return { index, of };
}

/** The files of one part: they follow each other, so that all parts in order are the whole; parts are of like size. */
export function filesOfShard(files: readonly SourceFile[], { index, of }: ShardPlace): readonly SourceFile[] {
  if (files.some(isStandardInput)) throw new InputError("--shard: standard input has no parts");
  const sizes = files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  const all = sizes.reduce((sum, each) => sum + each, 0) || 1;
  let before = 0;
  return files.filter((_, at) => {
    const part = Math.min(of, Math.floor((before * of) / all) + 1);
    before += sizes[at] ?? 0;
    return part === index;
  });
}
