import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const leak = (name: string) =>
  `int ${name}(struct box *b)\n{\n\tmutex_lock(&b->m);\n\tif (b->n)\n\t\treturn -1;\n\tmutex_unlock(&b->m);\n\treturn 0;\n}\n`;
const calm = (name: string) =>
  `void ${name}(struct box *b)\n{\n\tmutex_lock(&b->m);\n\tmutex_unlock(&b->m);\n}\n`;
const open = (name: string) =>
  `void ${name}(struct box *b)\n{\n\tmutex_lock(&b->m);\n\tbox_unlock_all(b);\n}\n`;
const KINDS = [leak, calm, open];

/** A folder of files, each with a function of one of the kinds. */
function folderOf(kinds: readonly ((name: string) => string)[]): string {
  const folder = temporaryFolder();
  for (const [at, kind] of kinds.entries()) writeFileSync(join(folder, `f${at}.c`), kind(`f${at}`));
  return folder;
}

/** The reports of all parts, as files. */
async function partsOf(
  folder: string,
  parts: number,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const files: string[] = [];
  const reports = temporaryFolder();
  for (let index = 1; index <= parts; index++) {
    const { out } = await runCli("check", folder, ...options, "--json", "--shard", `${index}/${parts}`);
    const file = join(reports, `part-${index}.json`);
    writeFileSync(file, out);
    files.push(file);
  }
  return files;
}

test("the parts of a check together are the report of the whole, byte for byte, in every format", async () => {
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(kinds, fc.integer({ min: 1, max: 8 }), fc.boolean(), async (chosen, parts, audit) => {
      const folder = folderOf(chosen);
      const options = audit ? ["--audit", "--fail-on", "audit"] : [];
      const files = await partsOf(folder, parts, ...options);
      for (const format of ["json", "text", "sarif"]) {
        const whole = await runCli("check", folder, ...options, "--format", format);
        expect(await runCli("merge", ...[...files].reverse(), "--format", format)).toEqual(whole);
      }
    }),
    { numRuns: 12 },
  );
});

test("a suppression is stale where no part has a use for it", async () => {
  const folder = folderOf([leak, leak, leak]);
  const config = join(temporaryFolder(), "holdfast.json");
  const rule = "exit-imbalance";
  const suppress = [
    { rule, function: "f0", reason: "meant" },
    { rule: "double-lock", function: "f2", reason: "gone" },
    { rule, function: "elsewhere", reason: "not here" },
  ];
  writeFileSync(config, JSON.stringify({ suppress }));
  const options = ["--audit", "--config", config];
  const files = await partsOf(folder, 3, ...options);
  const whole = await runCli("check", folder, ...options, "--json");
  expect(whole.err).toContain("suppression of double-lock in f2() is stale");
  expect(await runCli("merge", ...files, "--json")).toEqual(whole);
});

test("what is not all parts of one check is refused", async () => {
  const folder = folderOf([leak, calm]);
  const [one = "", two = ""] = await partsOf(folder, 2);
  const other = join(folder, "whole.json");
  writeFileSync(other, (await runCli("check", folder, "--json")).out);
  const refused = async (...files: readonly string[]) => {
    const { code, out, err } = await runCli("merge", ...files);
    return [code, out, err];
  };
  expect(await refused(two)).toEqual([2, "", "error: missing of 2 parts: 1\n"]);
  expect(await refused(one, one)).toEqual([2, "", `error: ${one}: part 1 of 2, as ${one} is\n`]);
  expect(await refused(one, other)).toEqual([
    2,
    "",
    `error: ${other}: no report of check --shard --json: provenance.shard: expected object, received undefined\n`,
  ]);
  const [third = ""] = await partsOf(folder, 2, "--audit");
  expect((await refused(third, two))[0]).toBe(2);
});

test.each(["0/2", "3/2", "1", "a/b", "1/0"])("--shard %s is refused", async (shard) => {
  expect(await runCli("check", folderOf([calm]), "--shard", shard)).toMatchObject({
    code: 2,
    out: "",
    err: `error: --shard '${shard}': say i/n, with i from 1 to n, as in 3/8\n`,
  });
});
