import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const TORN = ["explore", "examples/ticket-lock.ts", "--version", "torn"];

describe("explore", () => {
  test("says a verdict per property, the counts, and one counterexample", async () => {
    const { code, out } = await runCli(...TORN);
    expect(code).toBe(1);
    expect(out).toContain(
      "violated            mutual-exclusion            two tasks are inside at once (6 steps)",
    );
    expect(out).toMatch(
      /states, \d+ transitions, depth \d+, .*; ended with the last violation; 0 steps never reached/,
    );
    expect(out).toContain("mutual-exclusion is violated: two tasks are inside at once");
    expect(out).toContain("Traces of the others: --property no-deadlock");
  });

  test("names its scope beside what holds", async () => {
    const { out } = await runCli("explore", "examples/ticket-lock.ts", "--tasks", "3");
    expect(out).toContain("atomic  tasks = 3\n  holds               mutual-exclusion");
    expect(out).toContain("; exhaustive;");
  });

  test("--shrink finds the smallest size, --trace keeps it, replay repeats it", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "t.json");
    await runCli(...TORN, "--tasks", "4", "--max-states", "20000", "--shrink", "--trace", path);
    expect(JSON.parse(readFileSync(path, "utf8")).model.parameters).toEqual({ tasks: 2 });
    const again = await runCli("replay", path, "--explain");
    expect(again.code).toBe(1);
    expect(again.out).toContain("demanded: inside < 2");
    expect(again.out).toContain("replayed: two tasks are inside at once");
  });

  test("without a violation there is no trace to write", async () => {
    const { err } = await runCli("explore", "examples/ticket-lock.ts", "--trace", "never-written.json");
    expect(err).toBe("no counterexample to write\n");
  });

  test("random walks never say that a property holds, and a seed repeats them", async () => {
    const words = ["explore", "examples/seqlock.ts", "--random", "--seed", "7"];
    const { code, out } = await runCli(...words);
    expect(code).toBe(3);
    expect(out).not.toMatch(/ holds {2}/);
    expect(out).toContain("the same walks again: --random --seed 7");
    expect((await runCli(...words)).out).toBe(out);
  });

  test("not even one that demands nothing of the model", async () => {
    const { out } = await runCli("explore", "madvise", "--version", "base", "--random", "--seed", "1");
    expect(out).toMatch(/^ {2}holds-within-bound +pte-batch-contract +\(never evaluated\)$/m);
    expect(out).not.toMatch(/^ {2}holds /m);
  });

  test("a random violation is shrunk to what a search finds", async () => {
    const { out } = await runCli(
      ...TORN,
      "--random",
      "--seed",
      "1",
      "--shrink",
      "--property",
      "mutual-exclusion",
    );
    expect(out).toContain("tasks=2: 6 steps, 0 adverse outcomes, none shorter");
  });

  test("--format lockdep marks every line of the counterexample", async () => {
    const { out } = await runCli(
      "explore",
      "madvise",
      "--version",
      "v5",
      "--ptes",
      "2",
      "--format",
      "lockdep",
    );
    const lines = out.slice(out.indexOf("predicted")).trimEnd().split("\n");
    const shown = lines.slice(0, lines.indexOf(""));
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.every((line) => line.startsWith("predicted:"))).toBe(true);
  });

  test("--keep-going tells the kernel's reports past the violation", async () => {
    const { out } = await runCli("explore", "madvise", "--version", "v5", "--ptes", "2", "--keep-going");
    const titles = [
      "bad unlock balance",
      "RCU nest depth below zero",
      "sleeping function",
      "scheduling while atomic",
    ];
    const places = titles.map((title) => out.indexOf(`: ${title}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });
});
