import { createHash } from "node:crypto";
import type { Verdict } from "../checker/result.ts";
import { writeDiff } from "../gate/diff/write.ts";
import type { GateFinding } from "../gate/result.ts";
import { jsonText, oneLine } from "../model/printable.ts";
import type { Format } from "./format.ts";
import { findingDocument } from "./json.ts";
import { ofStanding } from "./of-gate.ts";
import type { ChangeFinding, GateReport } from "./report.ts";

const ORIGIN = "holdfast";
const SCHEMA = { major: 5, minor: 3 };
const STATUS: Readonly<Record<Verdict, string>> = {
  holds: "PASS",
  violated: "FAIL",
  "holds-within-bound": "DONE",
  interrupted: "ERROR",
  error: "ERROR",
  "nothing-to-check": "SKIP",
};

/** A report for KCIDB (kcidb-io v5.3): the patchset as checkout, the gate as test, findings as issues. */
export const kcidb: Format<GateReport> = (report) => {
  const patchset = patchsetHash(report);
  const id = `${ORIGIN}:${patchset.slice(0, 16)}`;
  const found = ofStanding(report, "new");
  const document = {
    version: SCHEMA,
    checkouts: [checkoutOf(report, id, patchset)],
    builds: [{ id, origin: ORIGIN, checkout_id: id, comment: "read from source, nothing is compiled" }],
    tests: [testOf(report, id)],
    issues: uniqueById(found.map(issueOf)),
    incidents: uniqueById(found.map((each) => incidentOf(each, id))),
  };
  return `${jsonText(document, 2)}\n`;
};

/** The same mistake made twice is one issue. */
const uniqueById = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((each) => [each.id, each])).values(),
];

function checkoutOf({ provenance, changes }: GateReport, id: string, patchset_hash: string) {
  const [first] = changes;
  const commit = provenance.baseCommit;
  return {
    id,
    origin: ORIGIN,
    patchset_hash,
    ...(commit !== undefined && /^[0-9a-f]{40}$/.test(commit) && { git_commit_hash: commit }),
    ...(first?.messageId !== undefined &&
      /^\S+@\S+$/.test(first.messageId) && { message_id: first.messageId }),
    comment: oneLine(first?.label ?? ""),
    valid: true,
  };
}

function testOf(
  { verdict, extent, provenance, functions, refused, bounds, assumed }: GateReport,
  id: string,
) {
  return {
    id,
    origin: ORIGIN,
    build_id: id,
    path: "holdfast.gate",
    comment: "lock and state invariants before and after the patchset",
    status: STATUS[verdict],
    misc: { verdict, ...extent, provenance, functions, bounds: [...refused, ...bounds], assumed },
  };
}

function issueOf(finding: ChangeFinding) {
  const text = `${finding.function}(): ${finding.message}`;
  return {
    id: `${ORIGIN}:${finding.digest}`,
    origin: ORIGIN,
    version: 1,
    report_subject: oneLine(`${finding.rule}: ${text}`),
    culprit: { code: true, tool: false, harness: false },
    comment: oneLine(text),
    misc: findingDocument(finding),
  };
}

const incidentOf = ({ digest, patch }: GateFinding, test: string) => ({
  id: `${ORIGIN}:${test.slice(ORIGIN.length + 1)}:${patch}:${digest}`,
  origin: ORIGIN,
  issue_id: `${ORIGIN}:${digest}`,
  issue_version: 1,
  test_id: test,
  present: true,
});

/** As the schema asks: the hash over the newline-ended hashes of the patches, in order. */
function patchsetHash({ changes }: GateReport): string {
  const hashes = changes.map(({ diff }) => sha256(diff.files.map(writeDiff).join("")));
  return sha256(hashes.map((hash) => `${hash}\n`).join(""));
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
