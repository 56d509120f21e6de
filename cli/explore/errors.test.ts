import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const MODEL = "cli/testing/leaves-domain.ts";
const MESSAGE = "model 'leaves-domain': 'counter++' sets counter to 3, outside its domain (valid: 0..2)";

describe("a model that turns out to be wrong", () => {
  test.each([
    [[]],
    [["--no-reduce"]],
    [["--no-explain"]],
    [["--back-end", "interpret"]],
    [["--back-end", "wasm"]],
    [["--workers", "2"]],
    [["--hash-compact"]],
    [["--shrink"]],
    [["--shrink-by-replay"]],
    [["--random", "--seed", "1"]],
  ])("is an error with the steps to it: %j", async (words) => {
    const { code, out, err } = await runCli("explore", MODEL, ...words);
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(out).toContain(`  error               p                           ${MESSAGE} (3 steps)`);
    expect(out).toContain("ended where the model is wrong");
    expect(out).toContain(`p cannot be judged: ${MESSAGE}`);
    expect(out).toMatch(/^ +3 {2}1 .*counter\+\+ .*<-- ERROR$/m);
  });

  test("goes on to be one where the kernel goes on", async () => {
    const { code, out } = await runCli("explore", MODEL, "--keep-going");
    expect(code).toBe(2);
    expect(out).toContain(MESSAGE);
  });

  test.each(["json", "sarif", "junit", "github", "lockdep"])("is one in the format %s", async (format) => {
    const { code, out } = await runCli("explore", MODEL, "--format", format);
    expect(code).toBe(2);
    expect(out).toMatch(/sets counter to 3, outside its domain/);
  });

  test("has a trace that replays, in JSON as well", async () => {
    const path = join(temporaryFolder(), "trace.json");
    const emitted = join(temporaryFolder(), "emitted.test.ts");
    await runCli("explore", MODEL, "--trace", path);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ verdict: "error", message: MESSAGE });
    const { code, out } = await runCli("replay", path, "--emit-test", emitted);
    expect(code).toBe(2);
    expect(out).toContain(`replayed: ${MESSAGE}`);
    expect(readFileSync(emitted, "utf8")).toContain('"error":true');
    const json = JSON.parse((await runCli("replay", path, "--json")).out);
    expect(json).toMatchObject({
      violated: false,
      error: true,
      message: MESSAGE,
      trace: { steps: { length: 3 } },
    });
  });

  test("is one where nothing is judged", async () => {
    const { code, out } = await runCli("explore", "cli/testing/leaves-domain-unjudged.ts");
    expect(code).toBe(2);
    expect(out).toContain("  error               none");
    expect(out).toMatch(/^ +3 {2}1 .*counter\+\+ .*<-- ERROR$/m);
  });
});
