import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSource } from "../functions/check.ts";
import type { CheckResult } from "../functions/result.ts";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { gate } from "./gate.ts";
import { readMails } from "./intake/mails.ts";

const LOCK = "\tspin_lock(&b->lock);\n";
const UNLOCK = "\tspin_unlock(&b->lock);\n";
const states = Array.from({ length: 18 }, (_, at) => at);
const wide = `${states.map((at) => `\tif (b->c${at})\n\t\tspin_lock(&b->l${at});\n`).join("")}${UNLOCK}`;

/** Bodies that are modelled, take no lock, are not understood, cannot be read, are too large, or too deep. */
const BODIES: Readonly<Record<string, string>> = {
  sound: `${LOCK}\tb->n++;\n${UNLOCK}`,
  broken: `${LOCK}${LOCK}`,
  idle: "\tb->n++;\n",
  missed: "\tb @ spin_lock(&b->lock) @ ;\n",
  unread: `${LOCK}\tb ## @@ ] ;\n${UNLOCK}`,
  wide,
  long: `${LOCK}${"\tif (b->n)\n\t\tspin_unlock(&b->lock);\n".repeat(1_100)}`,
  deep: `${LOCK}\tx = ${"g(".repeat(300)}1${")".repeat(300)};\n${UNLOCK}`,
  calls: `\tf0(b);\n${UNLOCK}`,
  arms: `#ifdef A\n${LOCK}#else\n\tb @@ ;\n#endif\n${UNLOCK}`,
};

const SIZE = { minLength: 1, maxLength: 4 };
const bodies = fc.array(fc.constantFrom(...Object.keys(BODIES)), SIZE);
/** What is searched to its limits takes seconds for each pair. */
const quick = fc.array(
  fc.constantFrom(...Object.keys(BODIES).filter((name) => !["wide", "long"].includes(name))),
  SIZE,
);
const sourceOf = (names: readonly string[]) =>
  names.map((name, at) => `void f${at}(struct box *b)\n{\n${BODIES[name]}}\n`).join("\n");

function expectSum({ seen, modelled, skipped, capped }: CheckResult["functions"]): void {
  expect(seen).toBe(modelled + skipped.length + capped.length);
}

/** What is left out makes no green verdict. */
function expectNotGreen(verdict: string, { skipped, capped }: CheckResult["functions"]): void {
  if (skipped.length + capped.length > 0) expect(verdict).toMatch(/^(?:violated|holds-within-bound)$/);
}

test("whatever a file holds, each function that check sees is modelled, skipped or capped", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom(3, 100_000), async (names, maxStates) => {
      const { functions } = await checkSource({ file: "f.c", text: sourceOf(names) }, { maxStates });
      expectSum(functions);
    }),
    { numRuns: 30, seed: 20261130 },
  );
});

test("whatever a patch changes, each function that the gate sees is modelled, skipped or capped", async () => {
  await fc.assert(
    fc.asyncProperty(quick, quick, fc.boolean(), async (before, after, whole) => {
      const [was, is] = [{ "f.c": sourceOf(before) }, { "f.c": sourceOf(after) }];
      const patch = diffOf(was, is);
      fc.pre(patch !== "");
      const tree = whole ? { tree: directoryTree(makeTree(was)) } : {};
      const { verdict, functions } = await gate(await readMails("patch", Buffer.from(patch)), tree);
      expectSum(functions);
      expectNotGreen(verdict, functions);
    }),
    { numRuns: 30, seed: 20261130 },
  );
});
