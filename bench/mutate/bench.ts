import { parseArgs } from "node:util";
import { kernelSource } from "../../testing/kernel-source.ts";
import { byCheck, byGate, byPlainCheck, type Catcher } from "./caught.ts";
import { kinds } from "./kind.ts";
import { recallOf, recallTable } from "./recall.ts";
import { readFolder } from "./site.ts";

/** `npm run bench:mutate -- --tree DIR`: how many mutants of each kind are caught, as a table in Markdown. */
const { values } = parseArgs({
  options: {
    tree: { type: "string" },
    dir: { type: "string", default: "mm" },
    kind: { type: "string" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "200" },
    via: { type: "string", default: "check" },
    missed: { type: "boolean", default: false },
  },
});

const tree = values.tree ?? kernelSource();
if (tree === undefined) throw new Error("no kernel source: say --tree DIR");
const chosen = kinds.filter(({ name }) => values.kind === undefined || name === values.kind);
if (chosen.length === 0) {
  throw new Error(`unknown kind '${values.kind}' (valid: ${kinds.map(({ name }) => name).join(", ")})`);
}
const ways: Readonly<Record<string, () => Catcher>> = {
  check: byCheck,
  plain: () => byPlainCheck(tree),
  gate: () => byGate(tree),
};
const way = ways[values.via];
if (way === undefined) {
  throw new Error(`unknown way '${values.via}' (valid: ${Object.keys(ways).join(", ")})`);
}

const files = readFolder(tree, values.dir);
const catches = way();
const sampling = { count: Number(values.count), seed: Number(values.seed), callers: values.via === "gate" };
const recalls = [];
for (const kind of chosen) recalls.push(await recallOf(kind, files, catches, sampling));
const target = values.via === "gate" ? () => 0.95 : undefined;
console.log(`${values.dir}/*.c by ${values.via}, seed ${values.seed}\n\n${recallTable(recalls, target)}`);
if (values.missed) {
  for (const { kind, missed } of recalls) {
    for (const { source, function: name, line } of missed) {
      console.log(`missed: ${kind.name}: ${source.file}:${line}: ${name}()`);
    }
  }
}
