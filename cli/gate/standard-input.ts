import { readlinkSync, statSync } from "node:fs";

const HERE = "/proc/self/fd/0";

/** The file that standard input is read from, where it is one; else `-`, as what a pipe brings has no name. */
export function standardInputName(link = HERE): string {
  try {
    const path = readlinkSync(link);
    return statSync(path).isFile() ? path : "-";
  } catch {
    return "-";
  }
}
