import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { InputError } from "../model/input-error.ts";
import { makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { pairFromHunks } from "./apply/image-pair.ts";
import { languageOfDiff } from "./diff/language.ts";
import { gate } from "./gate.ts";
import { readMails } from "./intake/mails.ts";
import { edit, mutate } from "./testing/mutate.ts";

const example = readFileSync(
  join(import.meta.dirname, "..", "examples", "mail", "continue-without-lock.eml"),
  "utf8",
);
const unquoted = example
  .slice(example.indexOf("\n\n") + 2)
  .split("\n")
  .filter((line) => line.startsWith(">"))
  .map((line) => line.replace(/^> ?/, ""))
  .join("\n");
const headers = (subject: string, more = "") =>
  `From: A <a@example.org>\nSubject: ${subject}\nMessage-ID: <${subject.length}@x>\n${more}\n`;
const series = ["[PATCH v2 1/2] a", "[PATCH v2 2/2] b", "[PATCH 1/2] a", "Re: [PATCH v2 1/2] a"].map(
  (subject) => `From git@z Mon Sep 17 00:00:00 2001\n${headers(subject)}${unquoted}\n`,
);

/** What is mutated: a reply, a patch, a mail, a series, encoded mails, a page of an archive. */
const CORPUS: readonly string[] = [
  example,
  example.replace(/^> /gm, ">> "),
  unquoted,
  headers("[PATCH] x") + unquoted,
  series.join("\n"),
  headers("[PATCH] x", "Content-Transfer-Encoding: quoted-printable\n") +
    unquoted.replaceAll("=", "=3D").replaceAll("\t", "=09"),
  `Re: x\n\nFrom: A\nDate: today\n\n${example.replace(/[ \t]+/g, " ")}`,
];
const mutated = fc
  .tuple(fc.constantFrom(...CORPUS), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) => mutate(text, edits));

/** How many functions are touched by what was read; undefined where the input was refused. */
async function touched(text: string): Promise<number | undefined> {
  try {
    const { changes } = await readMails("fuzz", Buffer.from(text));
    const pairs = changes.flatMap(({ diff }) =>
      diff.files
        .filter((file) => languageOfDiff(file) === "c")
        .map((file) => pairFromHunks(file, diff.collapsed)),
    );
    return pairs.reduce(
      (sum, { before, after }) => sum + (before?.changed.length ?? 0) + (after?.changed.length ?? 0),
      0,
    );
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

describe("mutated patches and mails", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("10,000 are read, or refused with one line; at least half still touch a function", {
    timeout: 300_000,
  }, async () => {
    let touching = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        runs++;
        if (((await touched(text)) ?? 0) > 0) touching++;
      }),
      { numRuns: 9_900 },
    );
    expect(touching / runs).toBeGreaterThanOrEqual(0.5);
  });

  test("100 more are judged against a tree: nothing in it changes, and nothing is left behind", {
    timeout: 300_000,
  }, async () => {
    const source = "int x;\n";
    const root = makeTree({ "mm/ageing.c": source, "x.c": source });
    const scratch = makeTree({});
    vi.stubEnv("TMPDIR", scratch);
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        try {
          const set = await readMails("fuzz", Buffer.from(text));
          await gate(set, { tree: directoryTree(root) });
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
        expect(readdirSync(scratch)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(["mm", "mm/ageing.c", "x.c"]);
    expect(readFileSync(join(root, "mm/ageing.c"), "utf8")).toBe(source);
  });
});
