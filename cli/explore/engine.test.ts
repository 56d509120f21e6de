import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const PROTOCOL = ["explore", "ptl-protocol", "--tasks", "2", "--no-reduce"];

describe("explore", () => {
  test("--workers shares a full search", async () => {
    const { code, out } = await runCli(...PROTOCOL, "--workers", "2");
    expect(code).toBe(0);
    expect(out).toContain("3682 states, 8704 transitions, depth 36, wasm; exhaustive");
  });

  test("an option that rules reductions out is named, unless they are not wanted", async () => {
    const { out } = await runCli("explore", "ptl-protocol", "--tasks", "2", "--workers", "2");
    expect(out).toContain("depth 36, wasm (not reduced: several workers search in full); exhaustive");
    expect((await runCli(...PROTOCOL)).out).not.toContain("not reduced");
    const reduced = await runCli("explore", "ptl-protocol", "--tasks", "2", "--hash-compact");
    expect(reduced.out).toContain("table, reduced; bounded by states told apart by");
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

  test("without a bound, memory for states is a share of what the container has", async () => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(2 * 2 ** 20);
    const { code, out } = await runCli("explore", "ptl-protocol", "--tasks", "3", "--no-reduce");
    vi.restoreAllMocks();
    expect(code).toBe(3);
    expect(out).toContain("bounded by 1 MiB");
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
    [["--workers", "none"], "--workers none: not a positive whole number"],
    [["--workers", "1.5"], "--workers 1.5: not a positive whole number"],
    [["--workers", "1000"], "a search cannot run on 1000 workers (valid: 1..64)"],
    [["--workers", "2", "--hash-compact"], "a hash-compacted search runs on one worker only"],
    [["--keep-going", "--hash-compact"], "--keep-going reads whole states"],
    [["--checkpoint-every", "0", "--checkpoint", "x"], "--checkpoint-every 0: not a positive number"],
    [["--checkpoint", "no-such-folder/x"], "cannot write no-such-folder/x: ENOENT"],
    [["--checkpoint", "docs"], "cannot write the checkpoint docs: it is no file"],
    [["--checkpoint", "/dev/null"], "cannot write the checkpoint /dev/null: it is no file"],
    [["--checkpoint", ""], "cannot write the checkpoint : it is no file"],
    [["--resume", "docs"], "cannot read the checkpoint docs: it is no file"],
    [["--workers", "2", "--back-end", "table"], "back end 'table' cannot run model"],
    [["--checkpoint-every", "5"], "--checkpoint-every needs --checkpoint"],
    [["--hash-compact", "--checkpoint", "x"], "keeps no checkpoints"],
    [["--random", "--workers", "2"], "--random stores nothing"],
  ])("%j is refused", async (words, message) => {
    const { code, err } = await runCli(...PROTOCOL, ...words);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
