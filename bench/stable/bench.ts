import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { batchesOf } from "./batch.ts";
import { differingFiles } from "./differing.ts";
import { gateFiles, type Report } from "./gated.ts";
import { readStable } from "./readings.ts";
import { merged, summaryOf } from "./summary.ts";
import { versionPair } from "./versions.ts";

/**
 * `npm run bench:stable -- [--old VERSION] [--new VERSION] [--folder net]... [--places]`: what the gate says of
 * all that changed between two versions of a kernel, each a folder or a version of Debian's package.
 */
const { values } = parseArgs({
  options: {
    old: { type: "string" },
    new: { type: "string" },
    folder: { type: "string", multiple: true },
    places: { type: "boolean", default: false },
  },
});

/** Where the gate's reports are kept, to be looked into. */
const RESULTS = new URL("../results/", import.meta.url);

const [old, latest] = versionPair(values.old, values.new);
const files = differingFiles(old.folder, latest.folder, values.folder);
mkdirSync(RESULTS, { recursive: true });
const start = performance.now();
const reports: Report[] = [];
let done = 0;
for (const batch of batchesOf(files)) {
  reports.push(gateFiles(batch, old, latest));
  writeFileSync(new URL("stable.json", RESULTS), JSON.stringify(reports));
  done += batch.length;
  process.stderr.write(`\r${done} of ${files.length} files`);
}
process.stderr.write("\n");
const seconds = (performance.now() - start) / 1000;
console.log(`${old.name} to ${latest.name}`);
console.log(
  summaryOf({ files: files.length, seconds, report: merged(reports) }, readStable(), values.places),
);
