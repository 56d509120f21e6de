import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type CallEffect,
  effectOf,
  isUnclear,
  type Knowledge,
  tableKnowledge,
} from "../model/c/knowledge/index.ts";
import { readUnit } from "../model/c/source/index.ts";
import type { Operation } from "../model/kernel/operation.ts";
import type { Primitive } from "../model/kernel/primitive.ts";
import { primitives } from "../model/kernel/table/index.ts";
import { kernelName, kernelOfTree } from "../model/kernel/version/tree.ts";
import { isThere } from "../model/kernel/version/version.ts";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../testing/kernel-source.ts";
import { NearbyFiles } from "../tree/nearby.ts";
import { checkSource } from "./check.ts";
import { Elsewhere } from "./elsewhere.ts";

const tree = kernelSource();

/** Locks that the table has a name of its own for, by what the kernel makes them of. */
const MADE_OF: Readonly<Record<string, string>> = {
  ...{ mmap_lock: "rwsem", "vma-lock": "rwsem" },
  ...{ "sb-writers": "percpu-rwsem", "sb-pagefaults": "percpu-rwsem", "sb-internal": "percpu-rwsem" },
};

/** What of a call is compared. Preemption, interrupts and bottom halves go with the locks that switch them. */
const COMPARED: ReadonlySet<string> = new Set(["acquire", "release"]);
const COUPLED: ReadonlySet<string> = new Set(["preempt", "irq", "bh"]);

/** The locks and sections that some outcome of a call takes or releases. */
function changesOf({ outcomes }: CallEffect): string {
  const operations = outcomes.flatMap(({ does }) => does.map(({ operation }) => operation));
  const isSection = ({ kind, object }: Operation) =>
    (kind === "enter" || kind === "leave") && !COUPLED.has(object);
  const said = operations
    .filter((each) => COMPARED.has(each.kind) || isSection(each))
    .map((each) => {
      const shared = "mode" in each && each.mode === "shared" ? " shared" : "";
      return `${each.kind} ${MADE_OF[each.object] ?? each.object}${shared}`;
    });
  return [...new Set(said)].sort().join(", ");
}

/** The table without one call. */
const without = (name: string): Knowledge => ({
  ...tableKnowledge,
  matters: (each) => each !== name && tableKnowledge.matters(each),
  find: (each, args) => (each === name ? undefined : tableKnowledge.find(each, args)),
  leavesLocks: (each) => each !== name && tableKnowledge.leavesLocks?.(each) === true,
});

const files = new NearbyFiles(tree ?? "", []);

/** What a call's own body does; undefined where the file that the row cites has none, or it is not clear. */
async function effectOfBody({ name, kernel }: Primitive): Promise<CallEffect | undefined> {
  const [file = "", cited] = kernel.split(": ");
  const path = join(tree ?? "", file);
  if (cited !== name || !existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  if (!text.includes(`${name}(`) || !readUnit(text).functions.some((each) => each.name === name))
    return undefined;
  const informed = await new Elsewhere(files, without(name)).about({ path, text }, [name]);
  const { effects } = await checkSource({ file, text }, { ...informed, functions: [name] });
  const effect = effects?.get(name);
  return effect && !isUnclear(effect) ? effect : undefined;
}

test.skipIf(!tree)(
  `rows say what the bodies in the kernel's source do, or why not (${KERNEL_SOURCE_MISSING})`,
  async () => {
    const version = kernelName(kernelOfTree((path) => readFileSync(join(tree ?? "", path), "utf8")));
    const rows = primitives.filter((row) => isThere(row, version));
    const differing: string[] = [];
    const argued: string[] = [];
    let alike = 0;
    for (const row of rows) {
      const body = await effectOfBody(row);
      if (!body) continue;
      const [said, done] = [changesOf(effectOf(row)), changesOf(body)];
      if (said === done) alike++;
      else if (row.argued === undefined) differing.push(`${row.name}: row: ${said}; body: ${done}`);
      if (row.argued !== undefined && said === done) argued.push(`${row.name}: there is nothing to argue`);
    }
    expect([...differing, ...argued]).toEqual([]);
    expect(alike).toBeGreaterThan(150);
  },
  120_000,
);
