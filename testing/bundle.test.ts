import { resolve } from "node:path";
import { type OutputChunk, rolldown } from "rolldown";
import { expect, test } from "vitest";
import { command } from "../rolldown.config.ts";

/** The chunks that Node reads for these, by file name, and the packages that they ask for. */
function readFor(names: readonly string[], chunks: ReadonlyMap<string, OutputChunk>) {
  const files = new Set(names);
  const packages = new Set<string>();
  for (const name of files) {
    for (const each of chunks.get(name)?.imports ?? []) (chunks.has(each) ? files : packages).add(each);
  }
  return { files: [...files], packages: [...packages].filter((name) => !name.startsWith("node:")) };
}

/** What exploring a scenario loads, at once or on the way. */
const NEEDED = [
  "cli/program.ts",
  "cli/commands/explore.ts",
  "reports/text/explore.ts",
  "counterexamples/explain/explain.ts",
  "model/scenarios/madvise/index.ts",
];

test("exploring a scenario reads few files, and no package", async () => {
  const bundle = await rolldown(command);
  const { output: made } = await bundle.generate(command.output);
  await bundle.close();
  const chunks = new Map(made.flatMap((each) => (each.type === "chunk" ? [[each.fileName, each]] : [])));
  const holding = NEEDED.map((path) =>
    [...chunks.values()].find(({ moduleIds }) => moduleIds.includes(resolve(path))),
  );
  expect(holding.map((chunk) => chunk?.fileName)).toEqual(NEEDED.map(() => "program.js"));
  const { files, packages } = readFor(["program.js"], chunks);
  expect(packages).toEqual([]);
  expect(files.filter((name) => name !== "rolldown-runtime.js")).toEqual(["program.js"]);
});
