import { expect, test } from "vitest";
import { gate } from "../gate/gate.ts";
import { readMails } from "../gate/intake/mails.ts";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { placeInDiff } from "./diff-place.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { sarif } from "./sarif.ts";
import { reported } from "./testing/change.ts";
import { sampleSource } from "./testing/source.ts";

const LINES = (count: number) => Array.from({ length: count }, (_, at) => `\tbox->n += ${at};`);
const loop = (...more: readonly string[]) =>
  [
    "void drain(struct box *box)",
    "{",
    "\tspin_lock(&box->lock);",
    "\twhile (box->more) {",
    "\t\tspin_unlock(&box->lock);",
    ...LINES(12),
    "\t\tfill(box);",
    ...more,
    "\t\tspin_lock(&box->lock);",
    "\t}",
    "\tspin_unlock(&box->lock);",
    "}",
    "",
  ].join("\n");

async function report(before: string, after: string) {
  const [old, now] = [{ "box.c": before }, { "box.c": after }];
  const set = await readMails("x.patch", Buffer.from(diffOf(old, now)));
  return reported(await gate(set, { tree: directoryTree(makeTree(old)) }));
}

/** Lines of the file that the hunks of its patch show. */
const shownLines = ({ changes }: Awaited<ReturnType<typeof report>>) =>
  changes.flatMap(({ diff }) =>
    diff.files.flatMap(({ hunks }) =>
      hunks.flatMap(({ lines }) => lines.flatMap(({ newLine }) => newLine ?? [])),
    ),
  );

test("what goes wrong far from the change is shown at the line that brings it", async () => {
  const made = await report(loop(), loop("\t\tif (box->empty)", "\t\t\tcontinue;"));
  const [finding] = made.findings;
  if (!finding) throw new Error("no finding");
  const { file, line } = placeInDiff(made, finding);
  expect({ file, isShown: shownLines(made).includes(line), own: finding.line }).toEqual({
    file: "box.c",
    isShown: true,
    own: 5,
  });
  expect([19, 20]).toContain(line);
  expect(github(made, {})).toMatch(new RegExp(`file=box\\.c,line=${line}::.*%0Aat box\\.c:5%0A`));
  expect(JSON.parse(gitlab(made, {}))[0]).toMatchObject({
    severity: "critical",
    location: { path: "box.c", lines: { begin: line } },
  });
  const [result] = JSON.parse(sarif(made, {})).runs[0].results;
  const lineOf = (location: { physicalLocation: { region: { startLine: number } } }) =>
    location.physicalLocation.region.startLine;
  expect([result.locations, result.relatedLocations].map(([each]) => lineOf(each))).toEqual([line, 5]);
});

test("what a patch takes away is shown at the nearest line that stays", async () => {
  const text =
    "void count(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox->n++;\n\tspin_unlock(&box->lock);\n}\nvoid twice(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n";
  const made = await report(text, text.replace("\tspin_unlock(&box->lock);\n\tspin_lock", "\tspin_lock"));
  const [finding] = made.findings;
  if (!finding) throw new Error("no finding");
  expect(shownLines(made)).toContain(placeInDiff(made, finding).line);
});

test("without a change, a finding is where it is", async () => {
  const source = await sampleSource();
  for (const each of source.findings) {
    expect(placeInDiff(source, each)).toEqual({ file: each.file, line: each.line });
  }
});
