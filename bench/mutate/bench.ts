import { parseArgs } from "node:util";
import { kernelSource } from "../../testing/kernel-source.ts";
import { acrossKinds } from "./across.ts";
import { byCheck, byGate, byPlainCheck, type Catcher } from "./caught.ts";
import { kinds } from "./kind.ts";
import { recallOf, recallTable } from "./recall.ts";
import { readFolder, sitesOf } from "./site.ts";

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

/** `helper elsewhere` asks for all kinds that begin so. */
const isAsked = (name: string, kind: string): boolean => name === kind || name.startsWith(`${kind} `);

const tree = values.tree ?? kernelSource();
if (tree === undefined) throw new Error("no kernel source: say --tree DIR");
const all = [...kinds, ...acrossKinds];
const chosen = values.kind === undefined ? kinds : all.filter(({ name }) => isAsked(name, values.kind ?? ""));
if (chosen.length === 0) {
  throw new Error(`unknown kind '${values.kind}' (valid: ${all.map(({ name }) => name).join(", ")})`);
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

const files = values.dir.split(",").flatMap((dir) => readFolder(tree, dir));
const catches = way();
const sampling = { count: Number(values.count), seed: Number(values.seed), callers: values.via === "gate" };
const recalls = [];
for (const kind of chosen) {
  const sites = "sitesIn" in kind ? kind.sitesIn(files) : files.flatMap((source) => sitesOf(source, kind));
  recalls.push(await recallOf(kind, sites, catches, sampling));
}
const target = values.via === "gate" && !chosen.some((kind) => "sitesIn" in kind) ? () => 0.95 : undefined;
console.log(
  `${values.dir.replaceAll(",", "/*.c, ")}/*.c by ${values.via}, seed ${values.seed}\n\n${recallTable(recalls, target)}`,
);
if (values.missed) {
  for (const { kind, missed } of recalls) {
    for (const { source, function: name, line } of missed) {
      console.log(`missed: ${kind.name}: ${source.file}:${line}: ${name}()`);
    }
  }
}
