import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const PROTOCOL = ["explore", "ptl-protocol", "--tasks", "2", "--no-reduce"];

describe("explore", () => {
  test("--workers shares a full search", async () => {
    const { code, out } = await runCli(...PROTOCOL, "--workers", "2");
    expect(code).toBe(0);
    expect(out).toContain("3682 states, 8704 transitions, depth 36, wasm; exhaustive");
  });

  test("--hash-compact never says that it holds, and prints what it may have missed", async () => {
    const { code, out } = await runCli(...PROTOCOL, "--hash-compact");
    expect(code).toBe(3);
    expect(out).toContain("holds-within-bound  ptl-held");
    expect(out).toContain(
      "3682 states, 8704 transitions, depth 36, packed-js; bounded by states told apart by",
    );
  });

  test("--checkpoint keeps a search that --resume ends", async () => {
    const path = join(temporaryFolder(), "checkpoint");
    const first = await runCli(...PROTOCOL, "--max-states", "500", "--checkpoint", path);
    expect(first.code).toBe(3);
    const { code, out } = await runCli(...PROTOCOL, "--resume", path);
    expect(code).toBe(0);
    expect(out).toContain("3682 states, 8704 transitions, depth 36");
  });

  test("a damaged checkpoint, or one of other sizes, is refused", async () => {
    const path = join(temporaryFolder(), "checkpoint");
    await runCli(...PROTOCOL, "--max-states", "500", "--checkpoint", path);
    const other = await runCli("explore", "ptl-protocol", "--tasks", "3", "--no-reduce", "--resume", path);
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringContaining("the checkpoint is of another model"),
    });
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    const damaged = await runCli(...PROTOCOL, "--resume", path);
    expect(damaged).toMatchObject({ code: 2, err: expect.stringContaining("is damaged or no checkpoint") });
  });

  test.each([
    [["--workers", "none"], "--workers none: not a positive number"],
    [["--workers", "2", "--back-end", "table"], "back end 'table' cannot run model"],
    [["--checkpoint-every", "5"], "--checkpoint-every needs --checkpoint"],
    [["--hash-compact", "--checkpoint", "x"], "keeps no checkpoints"],
    [["--random", "--workers", "2"], "--random stores nothing"],
  ])("%j is refused", async (words, message) => {
    const { code, err } = await runCli(...PROTOCOL, ...words);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
