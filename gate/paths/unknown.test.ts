import { expect, test } from "vitest";
import { type ProbeAnswer, probeFunction } from "../../functions/probe/probe.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import { type Judge, judgeWith } from "../judge/judge.ts";

const UNLOCK = "\t\tspin_unlock(&shelf->lock);\n";

/** A walk that takes and releases a lock for each shelf, under as many others as there are conditions. */
function walkOver(conditions: number): string {
  const locks = Array.from(
    { length: conditions },
    (_, at) => `\tif (s->f${at})\n\t\tmutex_lock(&s->m${at});\n`,
  );
  return `
void count_shelves(struct store *s, struct list_head *shelves)
{
	struct shelf *shelf;

${locks.join("")}	list_for_each_entry(shelf, shelves, link) {
		spin_lock(&shelf->lock);
		shelf->seen++;
${UNLOCK}	}
}
`;
}

async function withoutUnlock(text: string, judge: Judge = judgeWith(tableKnowledge)) {
  return edited(text, text.replace(UNLOCK, ""), judge);
}

const changed = (what: string, by: string, judge: Judge) =>
  edited(walkOver(0), walkOver(0).replace(what, by), judge);

async function edited(was: string, is: string, judge: Judge) {
  const [before, after] = [{ "mm/shelf.c": was }, { "mm/shelf.c": is }];
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  return gate(set, { judge, tree: directoryTree(makeTree(before)) });
}

const answering = (probe: () => ProbeAnswer): Judge =>
  Object.assign(judgeWith(tableKnowledge).bind(undefined), { probe: async () => probe() });

test("what comes of a function of too many states is not known", async () => {
  const answer = await probeFunction({ file: "a.c", text: walkOver(18) }, "count_shelves", tableKnowledge);
  expect(answer).toEqual({ kind: "capped", reason: { kind: "too many states", most: 100_000 } });
});

test.each([
  [{ kind: "capped", reason: { kind: "too many states", most: 40_000 } }, "more than 40000 states"],
  [{ kind: "not modelled", reason: { kind: "nested too deeply" } }, "nested too deeply"],
] as const)("paths that are %j are a bound that names the function", async (answer, why) => {
  const {
    verdict,
    new: fresh,
    bounds,
  } = await changed(
    "seen++",
    "seen += 2",
    answering(() => answer),
  );
  expect({ verdict, fresh }).toEqual({ verdict: "holds-within-bound", fresh: [] });
  expect(bounds).toContain(
    `the paths of count_shelves() before and after the change were not compared: ${why}`,
  );
});

test("of a function that takes no locks, no path need be known", async () => {
  const text = walkOver(0).replace("\t\tspin_lock(&shelf->lock);\n", "").replace("spin_unlock", "count");
  const [before, after] = [{ "a.c": text }, { "a.c": text.replace("seen++", "seen--") }];
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const judge = answering(() => ({ kind: "capped", reason: { kind: "out of memory" } }));
  expect(await gate(set, { judge, tree: directoryTree(makeTree(before)) })).toMatchObject({ bounds: [] });
});

test("a function that was not judged to its end before the change is a bound", async () => {
  const whole = judgeWith(tableKnowledge);
  const judge: Judge = async (image, names, known) => {
    const report = await whole(image, names, known);
    const capped = [{ file: image.file, function: "count_shelves", reason: "more than 100000 states" }];
    return image.side === "before" ? { ...report, functions: { ...report.functions, capped } } : report;
  };
  const { bounds } = await withoutUnlock(walkOver(0), judge);
  expect(bounds).toContain(
    "the paths of count_shelves() before and after the change were not compared: more than 100000 states",
  );
});

test("an error while paths are followed is never an answer", async () => {
  const judge = answering(() => {
    throw new TypeError("planted");
  });
  await expect(withoutUnlock(walkOver(0), judge)).rejects.toThrow(new TypeError("planted"));
});
