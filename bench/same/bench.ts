import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { kernelSource } from "../../testing/kernel-source.ts";
import { BIN } from "../timed.ts";
import { checkInputs, gateInputs } from "./inputs.ts";
import { say, sayOnce, without } from "./said.ts";

/**
 * `npm run bench:same -- --against CHECKOUT [--count N] [--seed N] [--remember DIR]`: whether this build and a
 * built other checkout say the same of mm/, fs/*.c and kernel/*.c, and of mutants and harmless edits through
 * the gate. Prints each line that only one of them says; exit 1 where there is one.
 */
const { values } = parseArgs({
  options: {
    against: { type: "string" },
    tree: { type: "string" },
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    remember: { type: "string" },
  },
});
const tree = values.tree ?? kernelSource();
if (tree === undefined) throw new Error("no kernel source: say --tree DIR");
if (values.against === undefined) throw new Error("say --against DIR, another checkout that is built");

const other = resolve(values.against, "dist/cli/main.js");
const temporary = mkdtempSync(join(tmpdir(), "holdfast-same-"));
const remember = values.remember ?? join(temporary, "other");
try {
  const inputs = [...checkInputs(tree), ...gateInputs(tree, Number(values.count), Number(values.seed))];
  let differing = 0;
  for (const input of inputs) {
    const [before, after] = [sayOnce(remember, other, input), say(BIN, input, join(temporary, "cache"))];
    const lost = without(before, after).map((line) => `  - ${line}`);
    const gained = without(after, before).map((line) => `  + ${line}`);
    if (lost.length + gained.length === 0) continue;
    differing++;
    console.log([input.name, ...lost, ...gained].join("\n"));
  }
  console.log(
    `${inputs.length - differing} of ${inputs.length} inputs: the same verdicts, findings and bounds`,
  );
  process.exitCode = differing === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
