import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { randomFrom } from "../../bench/mutate/random.ts";
import { checkSource } from "../../functions/check.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { tableKnowledge, takesLocks } from "./knowledge/knowledge.ts";
import { readConditionals } from "./source/conditional.ts";
import { normalise } from "./source/normalise.ts";
import { readUnit, type UnitFunction } from "./source/unit.ts";
import { loadParser } from "./syntax/grammar.ts";

/** Inputs, and of them those that are whole files. */
const COUNT = Number(process.env["HOLDFAST_SPLICES"] ?? 500);
const WHOLE_FILES = COUNT / 20;
const FOLDERS = ["mm", "fs", "kernel/locking", "kernel/sched", "net/core", "drivers/usb/core"];

const tree = kernelSource();

interface LockingFunction {
  readonly text: string;
  readonly at: UnitFunction;
}

const takesSome = ({ calls }: UnitFunction): boolean =>
  [...calls].some((name) => takesLocks(tableKnowledge, name));

function lockingFunctions(root: string): readonly LockingFunction[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) =>
      name.endsWith(".c") ? [join(root, folder, name)] : [],
    ),
  );
  return files.flatMap((file) => {
    const text = readFileSync(file, "latin1");
    return readUnit(text)
      .functions.filter(takesSome)
      .map((at) => ({ text, at }));
  });
}

/** Cuts a lock-taking function at a random offset, and joins what is left with nothing, its own end or another's. */
function splice(functions: readonly LockingFunction[], random: () => number, whole: boolean): string {
  const pick = () => functions[Math.floor(random() * functions.length)];
  const within = (from: number, to: number) => from + Math.floor(random() * (to - from));
  const [one, other] = [pick(), pick()];
  if (!one || !other) throw new Error("no lock-taking functions");
  const cut = within(one.at.bodyStart + 1, one.at.bodyEnd);
  const head = one.text.slice(whole ? 0 : one.at.start, cut);
  const end = ({ text, at }: LockingFunction, from: number) =>
    text.slice(within(from, at.bodyEnd), whole ? text.length : at.bodyEnd);
  const tails = [() => "", () => end(one, cut), () => end(other, other.at.bodyStart)];
  return `${head}${tails[Math.floor(random() * tails.length)]?.() ?? ""}\n`;
}

async function isDamaged(text: string): Promise<boolean> {
  const unit = readUnit(text);
  if (unit.gaps.some(({ what }) => what !== "head")) return true;
  const parser = await loadParser();
  const bodies = unit.functions
    .filter(takesSome)
    .flatMap(({ bodyStart, bodyEnd }) => readConditionals(unit.text.slice(bodyStart, bodyEnd)).readings);
  return bodies.some((body) => {
    const parsed = parser.parse(normalise(body.text).text);
    const { hasError } = parsed.rootNode;
    parsed.delete();
    return hasError;
  });
}

test.skipIf(!tree)(
  `a lock-taking function that is cut and spliced is never green, and nothing throws (${KERNEL_SOURCE_MISSING})`,
  async () => {
    const functions = lockingFunctions(tree ?? "");
    expect(functions.length).toBeGreaterThan(2_000);
    const random = randomFrom(20261130);
    let damaged = 0;
    for (let at = 0; at < COUNT; at++) {
      const text = splice(functions, random, at < WHOLE_FILES);
      const report = await checkSource({ file: "spliced.c", text });
      const { findings, bounds, functions: judged } = report;
      expect(judged.seen).toBe(judged.modelled + judged.skipped.length + judged.capped.length);
      if (!(await isDamaged(text))) continue;
      damaged++;
      const named = findings.length + bounds.length + judged.skipped.length + judged.capped.length;
      expect(named, `${at}:\n${text.slice(-4_000)}`).toBeGreaterThan(0);
    }
    expect(damaged).toBeGreaterThan(COUNT / 4);
  },
);
