import type { Primitive } from "../primitive.ts";
import { primitives } from "../table/index.ts";
import { compareVersions, DEFAULT_KERNEL, type KernelVersion, kernelVersionIn } from "./version.ts";

/** Which kernel's rows of the table are believed. */
export interface Kernel {
  /** Where absent, rows of other kernels than the default one are believed as well. */
  readonly version?: KernelVersion;
  /** Who says so, for reports. */
  readonly why: string;
}

/** Reads a file of a tree by its path; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** Where nothing says which kernel it is. */
export const ANY_KERNEL: Kernel = { why: "default: nothing says which kernel it is" };

/** How a report calls a kernel. */
export const kernelName = ({ version }: Kernel): KernelVersion => version ?? DEFAULT_KERNEL;

/** What a declaration, or its absence, tells. */
interface Clue {
  readonly kind: "at least" | "at most";
  readonly version: KernelVersion;
  readonly why: string;
}

/**
 * The kernel of a tree: what the top Makefile says (VERSION and PATCHLEVEL), held against whether the
 * headers declare the primitives that not every kernel has. Where they disagree, as in a tree with
 * backports, the declarations count. ANY_KERNEL for a tree that has neither.
 */
export function kernelOfTree(read: ReadFile): Kernel {
  const stated = statedBy(read("Makefile"));
  const clues = cluesIn(read);
  const denied = clues.find((clue) => stated === undefined || !agrees(stated, clue));
  if (denied === undefined) {
    return stated === undefined ? ANY_KERNEL : { version: stated, why: "the tree's Makefile" };
  }
  const doubt = stated === undefined ? "" : `, though the tree's Makefile says ${stated}`;
  return { version: settled(stated, clues), why: `${denied.why}${doubt}` };
}

function statedBy(makefile: string | undefined): KernelVersion | undefined {
  const major = /^VERSION *= *(\d+) *$/m.exec(makefile ?? "")?.[1];
  const minor = /^PATCHLEVEL *= *(\d+) *$/m.exec(makefile ?? "")?.[1];
  return major === undefined || minor === undefined ? undefined : kernelVersionIn(`${major}.${minor}`);
}

function cluesIn(read: ReadFile): readonly Clue[] {
  const texts = new Map<string, string | undefined>();
  return primitives.flatMap((row) => {
    const file = row.kernel.split(":")[0] ?? "";
    if ((row.since === undefined && row.until === undefined) || !file.endsWith(".h")) return [];
    if (!texts.has(file)) texts.set(file, read(file));
    const text = texts.get(file);
    return text === undefined ? [] : clueOf(row, file, new RegExp(`\\b${row.name}\\b`).test(text));
  });
}

/** One that is not there any more may not be there yet: that tells nothing. */
function clueOf({ name, since, until }: Primitive, file: string, declared: boolean): readonly Clue[] {
  const why = `${file} ${declared ? "declares" : "does not declare"} ${name}`;
  if (since !== undefined) {
    return [{ kind: declared ? "at least" : "at most", version: declared ? since : before(since), why }];
  }
  return until !== undefined && declared ? [{ kind: "at most", version: until, why }] : [];
}

function before(version: KernelVersion): KernelVersion {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return minor > 0 ? `${major}.${minor - 1}` : `${major - 1}.19`;
}

const agrees = (version: KernelVersion, clue: Clue): boolean =>
  clue.kind === "at least"
    ? compareVersions(version, clue.version) >= 0
    : compareVersions(version, clue.version) <= 0;

/** The nearest version to the one stated that the clues allow, the newest declaration first. */
function settled(stated: KernelVersion | undefined, clues: readonly Clue[]): KernelVersion {
  const start = stated ?? DEFAULT_KERNEL;
  const order = [...clues].sort((one, other) =>
    one.kind === other.kind ? 0 : one.kind === "at most" ? -1 : 1,
  );
  return order.reduce((version, clue) => (agrees(version, clue) ? version : clue.version), start);
}
