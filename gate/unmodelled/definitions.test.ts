import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function judged(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  return gate(set, { tree: directoryTree(makeTree(before)) });
}

const cases: readonly (readonly [string, Files, Files, RegExp])[] = [
  [
    "a macro that takes locks",
    { "a.h": "#define box_in(b) do { } while (0)\n" },
    { "a.h": "#define box_in(b) spin_lock(&(b)->lock)\n" },
    /a\.h: macro box_in takes locks \(spin_lock\)/,
  ],
  [
    "a macro that continues over lines",
    { "a.h": "#define box_in(b) \\\n\tdo { } while (0)\n" },
    { "a.h": "#define box_in(b) \\\n\tspin_lock(&(b)->lock)\n" },
    /macro box_in takes locks/,
  ],
  [
    "a macro that leaves the function",
    { "a.h": "#define box_check(b) do { } while (0)\n" },
    { "a.h": "#define box_check(b) do { if (!(b)) return -EINVAL; } while (0)\n" },
    /a\.h: macro box_check leaves what uses it \(return\)/,
  ],
  [
    "a macro that is named like a lock",
    { "a.h": "#define box_in(b) do { } while (0)\n" },
    { "a.h": "#define box_in(b) pool_lock((b)->pool)\n" },
    /a\.h: macro box_in takes locks \(pool_lock\)/,
  ],
  [
    "a macro that sleeps",
    { "a.h": "#define box_relax(b) cpu_relax()\n" },
    { "a.h": "#define box_relax(b) msleep(1)\n" },
    /a\.h: macro box_relax may sleep \(msleep\)/,
  ],
  [
    "flags that let an allocation sleep",
    { "a.h": "#define BOX_GFP GFP_ATOMIC\n" },
    { "a.h": "#define BOX_GFP GFP_KERNEL\n" },
    /a\.h: macro BOX_GFP may sleep \(GFP_KERNEL\)/,
  ],
  [
    "a macro of the table",
    { "a.h": "#define pte_unmap_unlock(pte, ptl) one(pte)\n" },
    { "a.h": "#define pte_unmap_unlock(pte, ptl) two(pte)\n" },
    /macro pte_unmap_unlock is defined anew/,
  ],
  [
    "another name for a call of the table",
    { "a.h": "#define box_in none\n" },
    { "a.h": "#define box_in spin_lock\n" },
    /macro box_in takes locks/,
  ],
];

test.each(cases)("%s, which a change defines otherwise, is a bound", async (_, before, after, bound) => {
  const { bounds, verdict } = await judged(before, after);
  expect(bounds.join("\n")).toMatch(bound);
  expect(verdict).toBe("holds-within-bound");
});

const USE =
  "static int f(struct box *b)\n{\n\tIN(b);\n\tif (b->n)\n\t\treturn 1;\n\tspin_unlock(&b->l);\n\treturn 0;\n}\n";
const define = (body: string) => ({ "a.c": `#define IN(b) ${body}\n${USE}` });

test("functions of a source that use a macro are judged where a change defines it otherwise", async () => {
  const locks = await judged(define("(b)->n++"), define("spin_lock(&(b)->l)"));
  expect(locks.new).toMatchObject([{ rule: "exit-imbalance", function: "f" }]);
  expect(locks.bounds).toEqual([]);
});
