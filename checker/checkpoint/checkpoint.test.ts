import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { replaceFile } from "../../model/files/replace-file.ts";
import { InputError } from "../../model/input-error.ts";
import { search } from "../search/search.ts";
import type { BackEndName, SearchOptions } from "../search-options.ts";
import { brokenPtlProtocol, ptlProtocol } from "../testing/ptl-protocol.ts";
import { readCheckpoint, writeCheckpoint } from "./file.ts";
import type { Snapshot } from "./snapshot.ts";

const directory = mkdtempSync(join(tmpdir(), "holdfast-checkpoint-"));
afterAll(() => rmSync(directory, { recursive: true }));

const model = ptlProtocol({ tasks: 2, ptes: 2, folios: 2 });

/** Stops after so many slices, and goes on from what it saved. */
function inTwo(slices: number, options: SearchOptions, second: SearchOptions = options) {
  let saved: Snapshot | undefined;
  let left = slices;
  const save = (snapshot: Snapshot) => {
    saved = copyOf(snapshot);
  };
  const checkpoint = { every: 3600, save };
  search(model, { ...options, maxMemory: 999, checkpoint, interrupted: () => left-- === 0 });
  if (!saved) throw new Error("nothing was saved");
  return search(model, { ...second, resume: saved });
}

function copyOf(snapshot: Snapshot): Snapshot {
  const path = join(directory, "copy");
  writeCheckpoint(path, snapshot);
  return readCheckpoint(path);
}

describe("a search that is resumed ends as one that was not interrupted", () => {
  const names: readonly BackEndName[] = ["interpret", "table", "packed-js", "wasm", "auto"];
  test.each(names)("with the back end %s", (backEnd) => {
    const whole = search(model, { backEnd, reduce: false });
    for (const slices of [0, 3, 20]) expect(inTwo(slices, { backEnd, reduce: false })).toEqual(whole);
  });

  test("under reductions", () => {
    expect(inTwo(5, {})).toEqual(search(model));
  });

  test("with another back end and more workers", () => {
    const whole = search(model, { backEnd: "wasm", reduce: false });
    expect(
      inTwo(9, { backEnd: "table", reduce: false }, { workers: 2, backEnd: "wasm", reduce: false }),
    ).toEqual(whole);
  });
});

/** What options make of the search is what counts, not whether they say so. */
test.each<[SearchOptions, SearchOptions]>([
  [{ workers: 2 }, {}],
  [{}, { workers: 2 }],
  [{}, { backEnd: "packed-js" }],
  [{ backEnd: "packed-js" }, { backEnd: "table" }],
])("a search with %j does not go on with %j: one is reduced, the other full", (first, second) => {
  expect(() => inTwo(2, first, second)).toThrow("the checkpoint is of another model");
});

describe("a checkpoint is refused", () => {
  const path = join(directory, "good");
  const save = (snapshot: Snapshot) => writeCheckpoint(path, snapshot);
  search(model, { checkpoint: { every: 0, save }, interrupted: () => true });
  const good = readFileSync(path);
  const refusal = (bytes: Uint8Array): string => {
    const damaged = join(directory, "damaged");
    writeFileSync(damaged, bytes);
    try {
      readCheckpoint(damaged);
    } catch (error) {
      if (error instanceof InputError) return error.message;
    }
    throw new Error("the damage was not seen");
  };

  test("where a bit is flipped, wherever that is, and where its end is missing", () => {
    for (let at = 0; at < good.length; at += 37) {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      expect(refusal(bytes)).toContain("is damaged");
    }
    expect(refusal(good.subarray(0, good.length - 1))).toContain("is damaged");
    expect(refusal(new Uint8Array(0))).toContain("is damaged");
  });

  test("where it is missing, or of another model or options", () => {
    expect(() => readCheckpoint(join(directory, "none"))).toThrow("cannot read the checkpoint");
    const resume = readCheckpoint(path);
    expect(() => search(brokenPtlProtocol({ tasks: 2, ptes: 2, folios: 2 }), { resume })).toThrow(InputError);
    expect(() => search(model, { resume, reduce: false })).toThrow("the checkpoint is of another model");
  });
});

test("where a checkpoint cannot be written, the one before stays and nothing is left beside it", () => {
  const folder = mkdtempSync(join(directory, "full-"));
  const path = join(folder, "kept");
  writeFileSync(path, "before");
  const full = () => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
  };
  expect(() => replaceFile(path, full)).toThrow(
    new InputError(`cannot write ${path}: ENOSPC: no space left on device, write`),
  );
  expect(readdirSync(folder)).toEqual(["kept"]);
  expect(readFileSync(path, "utf8")).toBe("before");
});

test.each([150, 400, 700])(
  "a process killed %i ms after its first checkpoint loses no more than a slice",
  async (delay) => {
    const path = join(directory, `killed-${delay}`);
    const here = dirname(fileURLToPath(import.meta.url));
    const runner = join(
      dirname(createRequire(import.meta.url).resolve("jiti/package.json")),
      "lib/jiti-cli.mjs",
    );
    const program = join(here, "../testing/checkpointed-search.ts");
    const child = spawn(process.execPath, [runner, program, path, "table"], { stdio: "ignore" });
    while (!existsSync(path) && child.exitCode === null) await sleep(5);
    await sleep(delay);
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
    const resumed = search(protocol, { reduce: false, resume: readCheckpoint(path) });
    expect(resumed).toMatchObject({ states: 152_092, transitions: 527_028, depth: 54 });
    expect(resumed.properties.map(({ verdict }) => verdict)).toEqual(["holds", "holds"]);
  },
);
