import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { primitives } from "../model/kernel/table/index.ts";
import { diffOf } from "../tree/testing/tree.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolder } from "./testing/temporary.ts";

const PGTABLE = "include/linux/pgtable.h";

function makeTree(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A section within a section, in the names of one generation. */
const nested = (enter: string, leave: string): string => `static void age(struct box *box)
{
	${enter}();
	${enter}();
	box->age++;
	${leave}();
	${leave}();
}
`;
const OLD = nested("arch_enter_lazy_mmu_mode", "arch_leave_lazy_mmu_mode");
const NEW = nested("lazy_mmu_mode_enable", "lazy_mmu_mode_disable");
const UNEVEN = NEW.replace("\tbox->age++;\n", "\tlazy_mmu_mode_disable();\n");

/** All that newer kernels have and older ones don't. */
const ADDED = primitives
  .filter(({ since }) => since !== undefined)
  .map(({ name }) => `void ${name}(void);\n`)
  .join("");

const HEADERS = {
  old: {
    Makefile: "VERSION = 6\nPATCHLEVEL = 12\n",
    [PGTABLE]: "#define arch_enter_lazy_mmu_mode()\tdo {} while (0)\n",
  },
  new: { Makefile: "VERSION = 7\nPATCHLEVEL = 0\n", [PGTABLE]: ADDED },
};

async function check(generation: keyof typeof HEADERS, text: string, ...words: readonly string[]) {
  const tree = makeTree({ ...HEADERS[generation], "mm/age.c": text });
  const { out } = await runCli("check", "mm/age.c", "--tree", tree, "--json", ...words);
  const { findings, functions, provenance } = JSON.parse(out);
  const rules = findings.map(({ rule, line }: { rule: string; line: number }) => `${line}: ${rule}`);
  return { rules, seen: functions.seen, kernel: provenance.kernel };
}

test("a tree's declarations say whether lazy MMU mode nests", async () => {
  expect(await check("old", OLD)).toEqual({
    rules: ["4: lazy-mmu-balanced"],
    seen: 1,
    kernel: { version: "6.12", why: "the tree's Makefile" },
  });
  expect(await check("new", NEW)).toEqual({
    rules: [],
    seen: 1,
    kernel: { version: "7.0", why: "the tree's Makefile" },
  });
  expect((await check("new", UNEVEN)).rules).toEqual(["7: lazy-mmu-balanced"]);
});

test("--kernel comes before what the tree says", async () => {
  expect(await check("new", UNEVEN, "--kernel", "6.12")).toEqual({
    rules: [],
    seen: 0,
    kernel: { version: "6.12", why: "--kernel" },
  });
});

test("the gate goes by the tree as well, and by --kernel", async () => {
  const patch = join(makeTree({ "x.patch": diffOf({ "mm/age.c": NEW }, { "mm/age.c": UNEVEN }) }), "x.patch");
  const gate = async (...words: readonly string[]) => {
    const tree = makeTree({ ...HEADERS.new, "mm/age.c": NEW });
    const { out } = await runCli("gate", patch, "--tree", tree, "--format", "json", ...words);
    const { new: fresh, provenance } = JSON.parse(out);
    return [fresh.length, provenance.kernel.version];
  };
  expect(await gate()).toEqual([1, "7.0"]);
  expect(await gate("--kernel", "6.12")).toEqual([0, "6.12"]);
});

test.each([
  ["check", "a.c"],
  ["gate", "examples/mail/continue-without-lock.eml"],
  ["explain", "spin_lock"],
])("%s refuses a version that there is not, and names those that there are", async (...words) => {
  const { code, err } = await runCli(...words, "--kernel", "5.4");
  expect([code, err]).toEqual([
    2,
    "error: unknown kernel version '5.4' (valid: 6.1 to 6.19 and 7.0 to 7.19)\n",
  ]);
});
