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

test("exploring a scenario reads few files, and no package", async () => {
  const bundle = await rolldown(command);
  const { output: made } = await bundle.generate(command.output);
  await bundle.close();
  const chunks = new Map(made.flatMap((each) => (each.type === "chunk" ? [[each.fileName, each]] : [])));
  const starts = ["program.js"];
  for (const name of starts) expect(chunks.has(name)).toBe(true);
  const { files, packages } = readFor(starts, chunks);
  expect(packages).toEqual([]);
  expect(files).toEqual([...starts, "rolldown-runtime.js"]);
});
