import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Input } from "./inputs.ts";

/** What a report says that two builds can be compared by, a line each. */
export type Said = readonly string[];

interface Named {
  readonly function: string;
  readonly reason: string;
}

interface AnyFinding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly confidence?: string;
}

interface AnyReport {
  readonly verdict: string;
  readonly findings?: readonly AnyFinding[];
  readonly new?: readonly AnyFinding[];
  readonly fixed?: readonly AnyFinding[];
  readonly bounds?: readonly string[];
  readonly functions: { readonly skipped: readonly Named[]; readonly capped: readonly Named[] };
}

/** Runs one build; a run whose output is no report says what it printed instead. */
export function say(program: string, { words, patch }: Input, cache: string): Said {
  const environment = { ...process.env, HOLDFAST_CACHE: cache };
  const run = spawnSync(process.execPath, [program, ...words, ...(patch === undefined ? [] : ["-"])], {
    encoding: "utf8",
    env: environment,
    maxBuffer: 2 ** 30,
    ...(patch !== undefined && { input: patch }),
  });
  try {
    return [`exit ${run.status}`, ...linesOf(JSON.parse(run.stdout))];
  } catch {
    return [`exit ${run.status}`, run.stderr.split("\n")[0] ?? ""];
  }
}

function linesOf(report: AnyReport): Said {
  const findings = (list: string, all: readonly AnyFinding[] = []) =>
    all.map(({ rule, file, line, function: name, confidence = "" }) =>
      [list, rule, `${file}:${line}`, `${name}()`, confidence].join(" "),
    );
  const left = (list: string, all: readonly Named[]) =>
    all.map(({ function: name, reason }) => `${list} ${name}(): ${reason}`);
  return [
    report.verdict,
    ...findings("finding", report.findings),
    ...findings("new", report.new),
    ...findings("fixed", report.fixed),
    ...(report.bounds ?? []).map((bound) => `bound ${bound}`),
    ...left("skipped", report.functions.skipped),
    ...left("capped", report.functions.capped),
  ].sort();
}

/** The lines of one report that the other lacks, as a multiset: a line that stands there once less is lacking. */
export function without(lines: Said, others: Said): Said {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What a build that does not change said of an input before, from a folder. */
export function sayOnce(folder: string, program: string, input: Input): Said {
  mkdirSync(folder, { recursive: true });
  const digest = createHash("sha256")
    .update(JSON.stringify([program, input]))
    .digest("hex");
  const file = join(folder, `${digest}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const said = say(program, input, join(folder, "cache"));
  writeFileSync(file, JSON.stringify(said));
  return said;
}
