import { InputError } from "../../input-error.ts";

/** A release of the kernel by its first two numbers, e.g. `6.12`. */
export type KernelVersion = string;

/** The kernel whose rules hold where neither the user nor a tree names one. */
export const DEFAULT_KERNEL: KernelVersion = "6.12";

const OLDEST = { 6: 1, 7: 0 } as const;
/** A series of the kernel ends with its .19. */
const LAST_MINOR = 19;
const VALID = "6.1 to 6.19 and 7.0 to 7.19";

/**
 * Reads `6.12`, and what releases are called beside that: `v6.12`, `6.12.30`, `6.12-rc1`.
 *
 * @throws InputError for any other text, and for versions older than the table of primitives.
 */
export function parseKernelVersion(text: string): KernelVersion {
  const version = kernelVersionIn(text);
  if (version === undefined) throw new InputError(`unknown kernel version '${text}' (valid: ${VALID})`);
  return version;
}

/** The same; undefined where `parseKernelVersion` throws. */
export function kernelVersionIn(text: string): KernelVersion | undefined {
  const [, major = "", minor = ""] = /^v?(\d+)\.(\d+)(?:[.-][\w.+-]*)?$/.exec(text) ?? [];
  const oldest = major === "6" || major === "7" ? OLDEST[major] : undefined;
  const isKnown = oldest !== undefined && Number(minor) >= oldest && Number(minor) <= LAST_MINOR;
  return isKnown ? `${major}.${Number(minor)}` : undefined;
}

/** Negative where the first is the older one, 0 where they are the same. */
export function compareVersions(one: KernelVersion, other: KernelVersion): number {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major - otherMajor || minor - otherMinor;
}

/** When something is there: from `since` to `until`, both included; always where absent. */
export interface Lifetime {
  readonly since?: KernelVersion;
  readonly until?: KernelVersion;
}

export const isThere = ({ since, until }: Lifetime, version: KernelVersion): boolean =>
  (since === undefined || compareVersions(since, version) <= 0) &&
  (until === undefined || compareVersions(version, until) <= 0);
