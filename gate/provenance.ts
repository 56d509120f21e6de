import { createHash } from "node:crypto";
import { primitives } from "../model/kernel/table/index.ts";
import { VERSION } from "../model/tool-version.ts";
import type { ChangeSet } from "./intake/change.ts";
import type { Provenance } from "./report.ts";
import type { Tree } from "./tree/tree.ts";

/** What a report was made with, so that it can be made again. */
export function provenanceOf(
  set: ChangeSet,
  tree: Tree | undefined,
  command: string | undefined,
): Provenance {
  const baseCommit = tree?.commit ?? set.baseCommit;
  return {
    version: VERSION,
    table: tableDigest(),
    ...(baseCommit !== undefined && { baseCommit }),
    conditionals: [],
    reproduce: command ?? `holdfast gate ${set.name}`,
  };
}

/** Names the table of primitives by its content. */
const tableDigest = (): string =>
  createHash("sha256").update(JSON.stringify(primitives)).digest("hex").slice(0, 12);
