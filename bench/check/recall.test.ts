import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkNearOthers } from "../../cli/check/nearby-files.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { compareRecall, type Recall, readRecall, type Verdict } from "./recall.ts";
import { versionOf } from "./version.ts";
import { summaryOf } from "./whole-tree.ts";

const read = (file: string, verdict: Verdict) => ({
  file,
  id: "double-lock | f | lock | spin_lock(&lock);",
  verdict,
  chain: ["f()"],
  why: "It takes the lock twice.",
});

test("what is found is told from what is lost and from what nobody has read", () => {
  const findings = [read("a.c", "genuine"), read("b.c", "genuine"), read("c.c", "false")];
  const recall: Recall = { linux: "6.12.1", findings };
  const found = ["a.c", "c.c", "d.c", "d.c"].map((file) => read(file, "odd"));
  expect(summaryOf(compareRecall(recall, found), 7).split("\n")).toEqual([
    "7 files; hard findings: 1 genuine, 0 odd, 1 false, 1 not read; 1 genuine ones lost",
    "lost: b.c: double-lock | f | lock | spin_lock(&lock);",
    "not read: d.c: double-lock | f | lock | spin_lock(&lock);",
  ]);
});

test("a mistake of which any finding was read is read, and genuine if one of them is", () => {
  const recall: Recall = { linux: "6.12.1", findings: [read("a.c", "false"), read("b.c", "genuine")] };
  const found = [{ ...read("a.c", "odd"), consequences: [read("b.c", "odd"), read("c.c", "odd")] }];
  expect(summaryOf(compareRecall(recall, found), 3)).toBe(
    "3 files; hard findings: 1 genuine, 0 odd, 0 false, 0 not read; 0 genuine ones lost",
  );
});

const recall = readRecall();
const genuine = recall.findings.filter(({ verdict }) => verdict === "genuine");
const tree = kernelSource();
const isSame = tree !== undefined && versionOf(tree).split(" ")[0] === recall.linux;

describe.skipIf(!isSame)(
  `genuine findings on Linux ${recall.linux} are found${isSame ? "" : `: ${KERNEL_SOURCE_MISSING}`}`,
  () => {
    test.each([...new Set(genuine.map(({ file }) => file))])("%s", async (file) => {
      const path = join(tree ?? "", file);
      const elsewhere = new Elsewhere(new NearbyFiles(tree ?? "", [path]), tableKnowledge);
      const { findings } = await checkNearOthers({ name: file, path }, {}, { elsewhere });
      const ids = findings.map(({ id }) => id);
      for (const each of genuine) if (each.file === file) expect(ids).toContain(each.id);
    });
  },
);
