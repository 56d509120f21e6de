import { readFileSync } from "node:fs";
import { validateWorkflow } from "@action-validator/core";
import { expect, test } from "vitest";

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const workflow = text(".github/workflows/nightly.yml");

test("the nightly job is a valid workflow, by the schema that its validator brings", () => {
  expect(validateWorkflow(workflow).errors).toEqual([]);
  expect(validateWorkflow("on: push\njobs: {}\n").errors).not.toEqual([]);
});

test("it is scheduled, and compares 10,000 random models", () => {
  expect(workflow).toMatch(/schedule:\n\s+- cron: "\d+ \d+ \* \* \*"/);
  const commands = [...workflow.matchAll(/- run: npm run (\S+)/g)].map(([, name = ""]) => name);
  const { scripts } = JSON.parse(text("package.json"));
  expect(commands.map((name) => scripts[name])).toEqual([
    expect.stringMatching(
      /^HOLDFAST_RANDOM_MODELS=10000 HOLDFAST_SPLICES=10000 vitest run checker model\/c\/splice /,
    ),
  ]);
});

test("it has kernel source before the tests run, and ends where it has none", () => {
  const steps = workflow.split(/^ {6}- /m);
  const source = steps.findIndex((step) => step.includes('linux="$(.ci/kernel-source)"\n'));
  expect(steps[source]).toContain('echo "HOLDFAST_LINUX=$linux" >>"$GITHUB_ENV"');
  expect(source).toBeLessThan(steps.findIndex((step) => step.includes("npm run test:nightly")));
});
