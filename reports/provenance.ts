import { createHash } from "node:crypto";
import { primitives } from "../model/kernel/table/index.ts";
import { type Kernel, kernelName } from "../model/kernel/version/tree.ts";
import { VERSION } from "../model/tool-version.ts";
import type { Shard } from "./shard.ts";

/** What a report was made with, so that it can be made again. */
export interface Provenance {
  readonly version: string;
  /** A command that gives exactly this report. */
  readonly reproduce: string;
}

/** The same for a report on C. */
export interface CodeProvenance extends Provenance {
  /** Digest of the table of primitives. */
  readonly table: string;
  /** Which kernel's rows of the table are believed, and who says so. */
  readonly kernel: { readonly version: string; readonly why: string };
  readonly baseCommit?: string;
  /** Of each function with an #if: the readings of it that were checked. */
  readonly conditionals: readonly string[];
  /** Of a part of a check alone. */
  readonly shard?: Shard;
}

export interface Origin {
  readonly kernel: Kernel;
  readonly baseCommit: string | undefined;
  readonly conditionals: readonly string[];
  readonly command: string;
  readonly shard?: Shard | undefined;
}

export function provenanceOf({ kernel, baseCommit, conditionals, command, shard }: Origin): CodeProvenance {
  return {
    version: VERSION,
    table: tableDigest(),
    kernel: { version: kernelName(kernel), why: kernel.why },
    ...(baseCommit !== undefined && { baseCommit }),
    conditionals,
    reproduce: command,
    ...(shard && { shard }),
  };
}

/** Names the table of primitives by its content. */
const tableDigest = (): string =>
  createHash("sha256").update(JSON.stringify(primitives)).digest("hex").slice(0, 12);
