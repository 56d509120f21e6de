import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { kernelSource } from "../../testing/kernel-source.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { openStore } from "../../tree/cache/store.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { directoryTree } from "../../tree/tree.ts";
import { sample } from "../mutate/random.ts";
import { readFolder } from "../mutate/site.ts";
import { preservingKinds } from "./edit-kind.ts";
import { quietnessOf, quietnessRow, TABLE_HEAD } from "./quietness.ts";
import { rewritesOf } from "./rewrite.ts";

/**
 * `npm run bench:preserve -- --tree DIR [--dir mm]... [--kind NAME]`: what the gate says of edits that change
 * nothing, in Markdown.
 */
const { values } = parseArgs({
  options: {
    tree: { type: "string" },
    dir: { type: "string", multiple: true, default: ["mm"] },
    kind: { type: "string" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "100" },
  },
});
const root = values.tree ?? kernelSource();
if (root === undefined) throw new Error("no kernel source: say --tree DIR");
const kinds = preservingKinds.filter(({ name }) => values.kind === undefined || name === values.kind);
if (kinds.length === 0) {
  const valid = preservingKinds.map(({ name }) => name).join(", ");
  throw new Error(`unknown kind '${values.kind}' (valid: ${valid})`);
}

const files = values.dir.flatMap((folder) => readFolder(root, folder));
const remembered = mkdtempSync(join(tmpdir(), "holdfast-preserve-"));
const store = openStore(remembered);
const tree = directoryTree(root);
const opened = openTreeIndex({ place: tree.place, store, program: programDigest(), threads: 1 });
const options = { tree, store, index: () => opened };
console.log(TABLE_HEAD);
const remarks: string[] = [];
try {
  for (const kind of kinds) {
    const places = files.flatMap((source) => rewritesOf(source, kind));
    const chosen = sample(places, Number(values.count), Number(values.seed));
    const quietness = await quietnessOf(kind, chosen, options);
    console.log(quietnessRow(quietness, places.length));
    remarks.push(...quietness.remarks);
  }
} finally {
  rmSync(remembered, { recursive: true, force: true });
}
console.log(`\n${remarks.join("\n")}`);
