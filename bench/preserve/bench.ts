import { parseArgs } from "node:util";
import { gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import { directoryTree } from "../../gate/tree/tree.ts";
import { kernelSource } from "../../testing/kernel-source.ts";
import { diffOf } from "../mutate/diff.ts";
import { sample } from "../mutate/random.ts";
import { readFolder } from "../mutate/site.ts";
import { preservingKinds } from "./edit-kind.ts";
import { preserve, rewritesOf } from "./rewrite.ts";

/** `npm run bench:preserve -- --tree DIR`: what the gate says of edits that change nothing, in Markdown. */
const { values } = parseArgs({
  options: {
    tree: { type: "string" },
    dir: { type: "string", default: "mm" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "50" },
  },
});
const root = values.tree ?? kernelSource();
if (root === undefined) throw new Error("no kernel source: say --tree DIR");

const tree = directoryTree(root);
const files = readFolder(root, values.dir);
const head = ["kind", "places", "edits", "with new findings", "share", "not modelled"];
console.log([head, head.map(() => "---")].map((row) => `| ${row.join(" | ")} |`).join("\n"));
const loud: string[] = [];
for (const kind of preservingKinds) {
  const places = files.flatMap((source) => rewritesOf(source, kind));
  const chosen = sample(places, Number(values.count), Number(values.seed));
  let [alarms, open] = [0, 0];
  for (const rewrite of chosen) {
    const { source } = rewrite;
    const patch = diffOf(source.file, source.text, preserve(rewrite));
    const set = await readMails("edit.patch", Buffer.from(patch));
    const report = await gate(set, { tree, wholeTree: false });
    if (report.new.length > 0) alarms++;
    if (report.verdict === "holds-within-bound") open++;
    for (const { rule, line } of report.new) {
      loud.push(`${kind.name}: ${source.file}:${line}: ${rewrite.function}() [${rule}]`);
    }
  }
  const share = chosen.length === 0 ? "none" : `${((100 * alarms) / chosen.length).toFixed(1)} %`;
  console.log(`| ${[kind.name, places.length, chosen.length, alarms, share, open].join(" | ")} |`);
}
console.log(`\n${loud.join("\n")}`);
