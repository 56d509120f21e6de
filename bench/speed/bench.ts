import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { argv, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { type Contestant, contestants, REFERENCE, type Size } from "./contestants.ts";
import { growthOf } from "./growth.ts";
import { type Measurement, measure, medians, type Program } from "./measure.ts";
import { startUp } from "./start-up.ts";
import { type Row, speedTable } from "./table.ts";

const SIZE: Size = { tasks: 4, ptes: 2, folios: 2 };
/** Distinct states at that size; a full search that counts others is no contestant. */
const STATES = 5_609_120;

interface Ready {
  readonly contestant: Contestant;
  readonly program: Program;
  readonly directory: string;
  readonly runs: Measurement[];
}

/** Runs all contestants in turns, so that what the machine does meanwhile hits all alike. */
function race(installed: readonly Contestant[], rounds: number, folder: string): readonly Row[] {
  const ready = installed.map((contestant): Ready => {
    const directory = mkdtempSync(join(folder, "contestant-"));
    return { contestant, directory, program: contestant.prepare(SIZE, directory), runs: [] };
  });
  for (let round = 1; round <= rounds; round++) {
    for (const { contestant, program, directory, runs } of ready) {
      stderr.write(`round ${round} of ${rounds}: ${contestant.name}\n`);
      const run = measure(program, directory);
      if (contestant.full && run.states !== STATES) {
        throw new Error(`${contestant.name} counts ${run.states} states, not ${STATES}`);
      }
      runs.push(run);
    }
  }
  return ready.map(({ contestant: { name }, runs }) => ({ name, runs }));
}

/** What the contestant needs and is not there. */
function missingFor({ needs }: Contestant): readonly string[] {
  return needs.filter((each) => !isThere(each));
}

/** Says which contestants are left out, and for want of what. */
function skippedText(skipped: readonly Contestant[]): string {
  if (skipped.length === 0) return "Nothing was skipped.";
  const each = skipped.map((one) => `${one.name} (not installed: ${missingFor(one).join(", ")})`);
  return `Skipped: ${each.join("; ")}.`;
}

function isThere(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function main(rounds: number): void {
  const results = fileURLToPath(new URL("../results", import.meta.url));
  mkdirSync(results, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    if (!isThere("time")) throw new Error("GNU time is not installed: nothing can be measured");
    const installed = contestants.filter((each) => missingFor(each).length === 0);
    const skipped = skippedText(contestants.filter((each) => !installed.includes(each)));
    stderr.write(`${skipped}\n`);
    const rows = race(installed, rounds, folder);
    const growth = growthOf(folder);
    writeFileSync(join(results, "growth.svg"), growth.plot);
    const best = Math.min(...rows.map(({ runs }) => medians(runs).wall));
    const text = [
      `# Speed: ptl-protocol with ${SIZE.tasks} tasks, ${SIZE.ptes} ptes, ${SIZE.folios} folios`,
      `Medians of ${rounds} rounds in turns, on ${cpus()[0]?.model ?? "an unknown processor"} (${cpus().length} processors), Node ${process.version}.`,
      speedTable(rows, REFERENCE),
      `Least wall time: ${best.toFixed(2)} s. Ratio: states per user-second, to ${REFERENCE}.`,
      skipped,
      "## Growth",
      growth.table,
      "![states by tasks](growth.svg)",
      "## Start-up",
      startUp(rounds, folder),
    ].join("\n\n");
    writeFileSync(join(results, "speed.md"), `${text}\n`);
    stdout.write(`${text}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(Number(argv[2] ?? 3));
