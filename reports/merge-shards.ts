import { z } from "zod";
import { reservations, verdictOf } from "../functions/result.ts";
import { InputError } from "../model/input-error.ts";
import { parseJson } from "../model/parse-json.ts";
import { schemaProblem } from "../model/schema-problem.ts";
import { extentOf } from "./format.ts";
import type { CheckFinding, CheckReport } from "./report.ts";
import { type Shard, staleIn } from "./shard.ts";

const strings = z.array(z.string());
const reason = z.object({ file: z.string(), function: z.string(), reason: z.string() });
const count = z.int().nonnegative();

/** What `check --shard` prints with `--json`; of a finding, what is needed here. */
const documentSchema = z.object({
  findings: z.array(
    z.looseObject({ id: z.string(), file: z.string(), confidence: z.enum(["hard", "audit"]) }),
  ),
  functions: z.object({
    seen: count,
    modelled: count,
    skipped: z.array(reason),
    capped: z.array(reason),
    searched: z.array(
      z.looseObject({
        file: z.string(),
        function: z.string(),
        states: count,
        transitions: count,
        depth: count,
      }),
    ),
  }),
  assumed: strings,
  bounds: strings,
  warnings: strings,
  provenance: z.object({
    version: z.string(),
    table: z.string(),
    kernel: z.object({ version: z.string(), why: z.string() }),
    baseCommit: z.string().optional(),
    conditionals: strings,
    reproduce: z.string(),
    shard: z.object({
      index: count,
      of: count,
      command: z.string(),
      failsOnAudit: z.boolean(),
      notJudged: strings,
      suppressions: z.array(z.object({ warning: z.string(), defined: z.boolean(), taken: z.boolean() })),
    }),
  }),
});

type Document = z.infer<typeof documentSchema>;

/** A report that `check --shard --json` printed. */
export interface ShardText {
  /** As the user names it. */
  readonly name: string;
  readonly text: string;
}

/**
 * The report of the whole, from those of all its parts, in any order.
 *
 * @throws InputError for what is no report of a part, and where parts are missing, given twice, or of other checks.
 */
export function mergeShards(texts: readonly ShardText[]): CheckReport {
  const parts = texts.map((each) => ({ name: each.name, document: documentOf(each) }));
  refuseOthers(parts);
  const documents = parts
    .map(({ document }) => document)
    .sort((one, other) => shardOf(one).index - shardOf(other).index);
  const [first] = documents;
  if (!first) throw new InputError("no reports to merge");
  const { failsOnAudit, notJudged, command } = shardOf(first);
  const functions = functionsOf(documents);
  const distinct = (of: (each: Document) => readonly string[]) => [...new Set(documents.flatMap(of))];
  const bounds = distinct((each) => each.bounds);
  const findings = documents.flatMap((each) => each.findings).map((each) => findingOf(each, failsOnAudit));
  const { shard: _, ...provenance } = first.provenance;
  return {
    kind: "check",
    verdict: verdictOf(
      { functions, bounds },
      findings.some(({ fails }) => fails),
    ),
    extent: extentOf(functions.searched),
    findings,
    ...{ functions, bounds, assumed: distinct(({ assumed }) => assumed) },
    reservations: reservations({ functions, bounds }),
    ...{ notes: [], held: [], notJudged, warnings: warningsOf(documents) },
    provenance: {
      ...provenance,
      conditionals: distinct((each) => each.provenance.conditionals),
      reproduce: command,
    } as CheckReport["provenance"],
  };
}

const shardOf = ({ provenance }: Document): Shard => provenance.shard;

function documentOf({ name, text }: ShardText): Document {
  const read = parseJson(text);
  if (read.kind !== "value") throw new InputError(`${name}: no JSON: ${read.reason}`);
  const { value } = read;
  const parsed = documentSchema.safeParse(value);
  // As it was printed: its keys keep their order.
  if (parsed.success) return value as Document;
  throw new InputError(`${name}: no report of check --shard --json: ${schemaProblem(parsed.error)}`);
}

interface Part {
  readonly name: string;
  readonly document: Document;
}

function refuseOthers(parts: readonly Part[]): void {
  const [first] = parts;
  if (!first) return;
  const { command, of } = shardOf(first.document);
  const byIndex = new Map<number, string>();
  for (const { name, document } of parts) {
    const shard = shardOf(document);
    if (shard.command !== command || shard.of !== of)
      throw new InputError(`${name}: part of '${shard.command}', and ${first.name} of '${command}'`);
    for (const key of ["version", "table", "baseCommit"] as const)
      if (document.provenance[key] !== first.document.provenance[key])
        throw new InputError(`${name}: made with another ${key} than ${first.name}`);
    const other = byIndex.get(shard.index);
    if (other !== undefined) throw new InputError(`${name}: part ${shard.index} of ${of}, as ${other} is`);
    byIndex.set(shard.index, name);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((each) => !byIndex.has(each));
  if (missing.length > 0) throw new InputError(`missing of ${of} parts: ${missing.join(", ")}`);
}

function functionsOf(documents: readonly Document[]): CheckReport["functions"] {
  const all = documents.map((each) => each.functions);
  const sum = (of: (each: Document["functions"]) => number) =>
    all.reduce((before, each) => before + of(each), 0);
  return {
    seen: sum(({ seen }) => seen),
    modelled: sum(({ modelled }) => modelled),
    skipped: all.flatMap(({ skipped }) => skipped),
    capped: all.flatMap(({ capped }) => capped),
    searched: all.flatMap(({ searched }) => searched),
  };
}

/** What a format needs beside the document; all else stands in the document as the part printed it. */
const findingOf = (finding: Document["findings"][number], failsOnAudit: boolean): CheckFinding =>
  ({
    ...finding,
    fingerprint: `${finding.file} | ${finding.id}`,
    fails: failsOnAudit || finding.confidence === "hard",
    remarks: [],
  }) as unknown as CheckFinding;

/** A suppression that one part has no use for may be needed in another. */
function warningsOf(documents: readonly Document[]): readonly string[] {
  const shards = documents.map(shardOf);
  const about = new Set(shards.flatMap(({ suppressions }) => suppressions.map(({ warning }) => warning)));
  return [
    ...documents.flatMap(({ warnings }) => warnings.filter((each) => !about.has(each))),
    ...staleIn(shards),
  ];
}
