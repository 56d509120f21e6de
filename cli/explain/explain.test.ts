import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NOT_SUMMARISED } from "../../functions/unsummarised.ts";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

test("a primitive is told with its outcomes, whether it sleeps, and whose word that is", async () => {
  const { code, out } = await runCli("explain", "pte_offset_map_lock", "split_folio");
  expect(code).toBe(0);
  expect(out).toContain(
    "mapped (ordinary, returns pointer): enters rcu, maps pte-table (its result), enters preempt, takes ptl (argument 4)",
  );
  expect(out).toContain("gone (adverse, returns null)");
  expect(out).toContain("on the word of: mm/pgtable-generic.c: __pte_offset_map_lock");
  expect(out).toMatch(/split_folio[\s\S]*sleeps: it may/);
});

test("what nothing is known of is bad input, after what is told of the others", async () => {
  const { code, out, err } = await runCli("explain", "no_such_call", "spin_lok", "msleep");
  expect({ code, err }).toEqual({
    code: 2,
    err: "error: no_such_call, spin_lok (similar: spin_lock): not known; a call is taken to leave locks and contexts alone\n",
  });
  expect(out).toMatch(/^msleep\n/);
});

test.each([
  [["kmalloc"], "sleeps: it may, where argument 2 says so by its text"],
  [["guard"], "does what the calls of its class do, until the end of its block: mutex, spinlock"],
  [["usb_kill_urb"], "sleeps: it may\n  on the word of: "],
  [
    ["mkold_ptes", "--kernel", "6.12"],
    "not known in kernel 6.12 (it is there until 6.9): taken to leave locks and contexts alone",
  ],
  [["mkold_ptes", "--kernel", "6.9"], "mkold_ptes (until 6.9)"],
  [["msleep"], "needs: no spinning lock, RCU read section"],
  [["ptep_get"], "needs: the page table mapped (pte-mapped)"],
])("explain %j", async (words, told) => {
  expect((await runCli("explain", ...words)).out).toContain(told);
});

test("a function of a file that leaves locks alone is told so, by its path in a tree", async () => {
  const tree = temporaryFolder();
  writeFileSync(join(tree, "box.c"), "static int one(void)\n{\n\treturn two() + 1;\n}\n");
  const { out } = await runCli("explain", "one", "--tree", tree, "--in", "box.c");
  expect(out).toBe(
    "one\n  leaves its callers' locks and contexts as they are, on the word of: its own body\n",
  );
});

test("a function of a file is told by what its body does", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "box.c");
  writeFileSync(file, "static void box_lock(struct box *box)\n{\n\tspin_lock(&box->lock);\n}\n");
  const { out } = await runCli("explain", "box_lock", "--in", file);
  expect(out).toMatch(/^box_lock\n.*takes spinlock \(argument 1->lock\)/);
});

test("a function that was not understood is told with exit code 3", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "box.c");
  const calls = "static void box_loop(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tbox_loop(box);\n}\n";
  writeFileSync(file, calls);
  const { code, out } = await runCli("explain", "box_loop", "--in", file);
  expect({ code, out }).toEqual({
    code: 3,
    out: expect.stringContaining(`on the word of: ${NOT_SUMMARISED}`),
  });
});

test("a file that is not there is refused", async () => {
  expect(await runCli("explain", "f", "--in", "no-such.c")).toMatchObject({ code: 2, out: "" });
});
