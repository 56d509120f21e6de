import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../testing/kernel-source.ts";
import { versionOf } from "../check/version.ts";
import { sleepingOf } from "./closure.ts";
import { definitionsIn, publicNames } from "./definitions.ts";
import { listText } from "./list-text.ts";

/** `npm run bench:sleepers`: makes the list of calls that sleep, beside the table's rows, of a kernel tree. */
const LIST = join(import.meta.dirname, "../../model/kernel/table/sleeping-calls.json");

const tree = kernelSource();
if (!tree) console.log(`skipped: ${KERNEL_SOURCE_MISSING}`);
else {
  const names = publicNames(tree);
  const found = sleepingOf([...definitionsIn(tree)], (name) => names.has(name));
  writeFileSync(LIST, listText(versionOf(tree), found));
  console.log(
    `${found.always.length} calls that sleep, ${Object.keys(found.byFlags).length} that do by their flags`,
  );
}
