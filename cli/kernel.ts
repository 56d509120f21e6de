import { ANY_KERNEL, type Kernel, kernelOfTree, type ReadFile } from "../model/kernel/version/tree.ts";
import { parseKernelVersion } from "../model/kernel/version/version.ts";

export const KERNEL_OPTION = [
  "--kernel <version>",
  "whose calls and rules hold, e.g. 6.12 (default: what the tree declares, else 6.12)",
] as const;

/**
 * The kernel that the user names, else that of the tree.
 *
 * @throws InputError for a version that there is not.
 */
export function chooseKernel(named: string | undefined, read: ReadFile | undefined): Kernel {
  if (named !== undefined) return { version: parseKernelVersion(named), why: "--kernel" };
  return read ? kernelOfTree(read) : ANY_KERNEL;
}
