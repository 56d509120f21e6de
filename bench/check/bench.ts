import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { filesOf } from "./files.ts";
import { check, startUp } from "./run.ts";
import { tableOf } from "./table.ts";
import { versionOf } from "./version.ts";
import { compareWholeTree } from "./whole-tree.ts";

/**
 * `npm run bench:check -- [FOLDER...]`: what checking folders of a kernel tree finds, and what it takes.
 * `npm run bench:check -- --tree`: the hard findings of the whole tree, beside what was read of them.
 */
const DEFAULT = ["mm", "kernel/**", "fs", "net/core"];

const tree = kernelSource();
if (!tree) console.log(`skipped: ${KERNEL_SOURCE_MISSING}`);
else if (process.argv.includes("--tree")) compareWholeTree(tree);
else {
  const folders = process.argv.length > 2 ? process.argv.slice(2) : DEFAULT;
  const start = startUp();
  const rows = folders.map((folder) => {
    const files = filesOf(tree, folder);
    return { folder, files: files.length, checked: check(tree, files) };
  });
  console.log(`Linux ${versionOf(tree)}, with --audit; ${start.toFixed(2)} s of start-up taken off.\n`);
  console.log(tableOf(rows, start));
}
