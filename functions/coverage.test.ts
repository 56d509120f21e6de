import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFunction } from "../model/c/index.ts";
import { tableKnowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { readUnit } from "../model/c/source/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../testing/kernel-source.ts";
import { fixtureFiles, readFixture } from "./testing/expectation.ts";

const tree = kernelSource();

/** `line name` of each call that takes or releases something, by a scan that knows words and lines alone. */
function callsIn(text: string): readonly string[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, (match) => match.replace(/[^\n]/g, " "));
  return plain
    .split("\n")
    .flatMap((line, at) =>
      [...line.matchAll(/\b(\w+)\s*\(/g)].flatMap(([, name = ""]) =>
        /^\s/.test(line) && !/guard$/.test(name) && takesLocks(tableKnowledge, name)
          ? [`${at + 1} ${name}`]
          : [],
      ),
    );
}

/** `line name` of each call that is a transition; of calls that no path reaches, too. */
async function transitionsIn(file: string, text: string): Promise<ReadonlySet<string>> {
  const unit = readUnit(text);
  const seen = new Set<string>();
  for (const each of unit.functions) {
    const { readings } = await readFunction(each, { unit, file, known: tableKnowledge });
    for (const { program } of readings) {
      const { model } = program("all");
      for (const { source, label } of model.programs[0]?.transitions ?? [])
        seen.add(`${source?.line} ${label.split("(")[0]}`);
    }
  }
  return seen;
}

/**
 * Where macros and guards are defined, calls stand in no function; what a macro is given is a step of the macro; and
 * what an #if of a name that the file defines leaves out is no step.
 */
const OTHERS = /^(?:macros|guards|macro-arguments|one-file-macros|one-file-facts)\.c$/;
const files = fixtureFiles.filter((file) => !OTHERS.test(file));

test.each(files)("each call in %s that takes or releases a lock is a transition", async (file) => {
  const seen = await transitionsIn(file, readFixture(file));
  const found = callsIn(readFixture(file));
  expect(found.filter((each) => !seen.has(each))).toEqual([]);
});

test("most fixtures have many such calls", () => {
  const many = files.filter((file) => callsIn(readFixture(file)).length > 5);
  expect(many.length).toBeGreaterThan(0.9 * files.length);
});

test.skipIf(!tree).each(["mm/madvise.c", "mm/memory.c", "mm/rmap.c", "mm/khugepaged.c", "fs/dcache.c"])(
  `each call in %s that takes or releases a lock is a transition (${KERNEL_SOURCE_MISSING})`,
  async (file) => {
    const text = readFileSync(join(tree ?? "", file), "utf8");
    const seen = await transitionsIn(file, text);
    const found = callsIn(text);
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((each) => !seen.has(each))).toEqual([]);
  },
);
