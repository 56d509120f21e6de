import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateAction } from "@action-validator/core";
import { describe, expect, test } from "vitest";
import { makeTree } from "../../tree/testing/tree.ts";

const HERE = import.meta.dirname;
const action = readFileSync(join(HERE, "..", "..", "action.yml"), "utf8");

test("action.yml is a valid action, by the schema that its validator brings", () => {
  expect(validateAction(action).errors).toEqual([]);
  expect(validateAction("name: x\nruns: {}\n").errors).not.toEqual([]);
});

test("no expression stands in the text of a script", () => {
  const scripts = [...action.matchAll(/^\s*run: (.*)$/gm)].map(([, script]) => script);
  expect(scripts).toHaveLength(2);
  expect(scripts.filter((script) => script?.includes("${{"))).toEqual([]);
});

test.each(["github-gate.sh", "pre-push.sh", "patchwork-bot.sh"])("%s parses", (name) => {
  expect(() => execFileSync("bash", ["-n", join(HERE, name)])).not.toThrow();
});

describe("github-gate.sh", () => {
  /** Stands in for the program: says its arguments, and ends as asked. */
  const run = (code: number, environment: Record<string, string>) => {
    const root = makeTree({
      "dist/cli/main.js": `console.log(process.argv.slice(2).join(" ")); process.exit(${code});`,
    });
    const env = { PATH: process.env["PATH"] ?? "", ACTION_PATH: root, ...environment };
    const result = spawnSync("bash", [join(HERE, "github-gate.sh")], { env, encoding: "utf8" });
    return { code: result.status, out: result.stdout.trim() };
  };

  test("judges the pull request's commits", () => {
    expect(run(1, { BASE: "aaa", HEAD: "bbb" })).toEqual({
      code: 1,
      out: "gate aaa..bbb --tree . --format github",
    });
  });

  test("a bound is a warning, unless it shall fail", () => {
    expect(run(3, { RANGE: "a..b" }).code).toBe(0);
    expect(run(3, { RANGE: "a..b", FAIL_ON_BOUND: "true" }).code).toBe(3);
  });

  test("what a branch is called is never run", () => {
    expect(run(0, { RANGE: "a..$(touch owned); echo x" }).out).toContain("a..$(touch owned); echo x");
  });

  test("outside a pull request it asks for the range", () => expect(run(0, {}).code).toBe(2));
});
