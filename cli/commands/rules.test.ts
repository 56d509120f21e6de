import { expect, test } from "vitest";
import { ruleIds } from "../../functions/rule-ids.ts";
import { runCli } from "../testing/run-cli.ts";

test("all rules are listed, each in a line", async () => {
  const { code, out } = await runCli("rules");
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(ruleIds);
  expect(out).toMatch(/^exit-imbalance +audit {2}ways out that look alike/m);
});

test("a rule is explained with what breaks it and what mends it", async () => {
  const { code, out } = await runCli("rules", "wrong-mode", "rcu-not-held");
  expect(code).toBe(0);
  expect(out).toMatch(/^wrong-mode \(counts always\)\n/);
  expect(out).toContain("    -\tup_write(&box->sem);\n    +\tup_read(&box->sem);\n");
  expect(out).toContain("rcu-not-held (a hint: check --audit)");
  expect(out).toContain("/* holdfast: ignore wrong-mode: REASON */");
});

test("one that there is not is refused, and those like it are named", async () => {
  expect(await runCli("rules", "wrong-mod")).toEqual({
    code: 2,
    out: "",
    err: "error: unknown rule 'wrong-mod' (similar: wrong-mode)\n",
  });
});
