import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What a tree says that it is, with the version of the package that it came in, where one is installed. */
export function versionOf(tree: string): string {
  const makefile = readFileSync(join(tree, "Makefile"), "utf8");
  const parts = ["VERSION", "PATCHLEVEL", "SUBLEVEL"].map(
    (name) => new RegExp(`^${name} *= *(\\d+)`, "m").exec(makefile)?.[1],
  );
  const { stdout } = spawnSync("dpkg-query", ["-W", basename(tree)], { encoding: "utf8" });
  const packaged = stdout?.trim().split("	")[1];
  return parts.join(".") + (packaged ? ` (${basename(tree)} ${packaged})` : "");
}
