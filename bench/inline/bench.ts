import { parseArgs } from "node:util";
import { openCache } from "../../cli/cache.ts";
import { kernelSource } from "../../testing/kernel-source.ts";
import { programDigest } from "../../tree/cache/program.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { chooseSites } from "./choose.ts";
import { JudgedTree } from "./judged.ts";
import { judgeSite } from "./site.ts";
import { inlineTable, type JudgedSite, linesOf } from "./table.ts";

/**
 * `npm run bench:inline -- --count 500 --seed 1 [--missed]`: whether check says the same of callers by the summaries of
 * what they call as with the callees' bodies in place of the calls.
 */
const { values } = parseArgs({
  options: {
    tree: { type: "string" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "500" },
    missed: { type: "boolean", default: false },
  },
});
const root = values.tree ?? kernelSource();
if (root === undefined) throw new Error("no kernel source: say --tree DIR");

const index = await openTreeIndex({
  place: { kind: "folder", root },
  store: openCache("index", undefined),
  program: programDigest(),
  threads: 1,
});
const { sites, passedOver } = chooseSites(root, index, {
  count: Number(values.count),
  seed: Number(values.seed),
});
const tree = new JudgedTree(root, index);
const judged: JudgedSite[] = [];
for (const site of sites) {
  judged.push({ site, compared: await judgeSite(site, tree) });
  process.stderr.write(`\r${judged.length} of ${sites.length} sites`);
}
process.stderr.write("\n");
console.log(`seed ${values.seed}, ${sites.length} sites\n\n${inlineTable(judged)}\n`);
console.log(
  `passed over: ${[...passedOver].map(([reason, count]) => `${count} (${reason})`).join(", ") || "none"}\n`,
);
const shown = [...linesOf(judged, "summary misses"), ...linesOf(judged, "extra")];
console.log(shown.join("\n"));
if (values.missed) console.log([...linesOf(judged, "unknown"), ...linesOf(judged, "no oracle")].join("\n"));
