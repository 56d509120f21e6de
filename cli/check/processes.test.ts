import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary.ts";

const BUILT = join(import.meta.dirname, "..", "..", "dist", "cli", "main.js");

/** The built command, as it is run from a shell. */
function run(folder: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUILT, "check", ".", ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** More files than one process checks alone: helpers, and callers of the helper before, of which one in ten leaks. */
function manyFiles(): string {
  const folder = temporaryFolder();
  for (let at = 0; at < 120; at++) {
    const leak = at % 10 === 3 ? "\tif (b->n)\n\t\treturn -1;\n" : "";
    const helper = `void take${at}(struct box *b)\n{\n\tspin_lock(&b->lock);\n}\n`;
    const user = `int use${at}(struct box *b)\n{\n\ttake${Math.max(0, at - 1)}(b);\n${leak}\tspin_unlock(&b->lock);\n\treturn 0;\n}\n`;
    writeFileSync(join(folder, `f${String(at).padStart(3, "0")}.c`), helper + user);
  }
  return folder;
}

test.skipIf(!existsSync(BUILT))("several processes print what one does, byte for byte", () => {
  const folder = manyFiles();
  for (const options of [
    ["--json"],
    ["--audit", "--json"],
    ["--audit", "--explain"],
    ["--tree", ".", "--audit"],
  ]) {
    const one = run(folder, ...options, "--threads", "1");
    expect(one.status).toBe(1);
    expect(run(folder, ...options, "--threads", "2")).toEqual(one);
    expect(run(folder, ...options, "--threads", "3")).toEqual(one);
  }
});

test.skipIf(!existsSync(BUILT))("a file that can't be read is refused as by one", () => {
  const folder = manyFiles();
  writeFileSync(join(folder, "f050.c"), "int x;\0");
  const one = run(folder, "--threads", "1");
  expect(one).toMatchObject({ status: 2, stdout: "" });
  expect(run(folder, "--threads", "2")).toEqual(one);
});
