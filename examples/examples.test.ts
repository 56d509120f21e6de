import { expect, test } from "vitest";
import { runCli } from "../cli/testing/run-cli.ts";
import { scenarioSubject } from "../counterexamples/subject.ts";
import { shortestViolation } from "../counterexamples/testing/breadth-first.ts";
import seqlock from "./seqlock.ts";
import ticketLock from "./ticket-lock.ts";

/** Searched in full, so that the counts are those of the model and not of the reductions. */
async function verdicts(...args: readonly string[]) {
  const { out, code } = await runCli("explore", ...args, "--no-reduce", "--json");
  const reports: readonly { property: string; verdict: string; states: number; trace: unknown }[] =
    JSON.parse(out);
  return {
    code,
    reports,
    by: Object.fromEntries(reports.map(({ property, verdict }) => [property, verdict])),
  };
}

test("the ticket lock lets one task in at a time", async () => {
  const { code, reports, by } = await verdicts("examples/ticket-lock.ts");
  expect(by).toEqual({ "mutual-exclusion": "holds", "no-deadlock": "holds" });
  expect(reports[0]?.states).toBe(31);
  expect(code).toBe(0);
  expect((await verdicts("examples/ticket-lock.ts", "--tasks", "3")).reports[0]?.states).toBe(364);
});

test("a number that is taken in two steps lets two in, by the shortest way there", async () => {
  const { code, reports, by } = await verdicts("examples/ticket-lock.ts", "--version", "torn");
  expect(by).toEqual({ "mutual-exclusion": "violated", "no-deadlock": "violated" });
  const subject = scenarioSubject(ticketLock, { version: "torn", parameters: { tasks: 2 } }, []);
  const shortest = shortestViolation(subject.judgedBy([]), "mutual-exclusion");
  expect(reports[0]?.trace).toMatchObject({ steps: { length: shortest?.moves.length } });
  expect(shortest?.moves).toHaveLength(6);
  expect(code).toBe(1);
});

test("the seqlock's reader believes whole writes only", async () => {
  const { code, reports, by } = await verdicts("examples/seqlock.ts");
  expect(by).toEqual({ "no-torn-read": "holds", "read-succeeds": "holds", "no-deadlock": "holds" });
  expect(reports[0]?.states).toBe(264);
  expect(code).toBe(0);
});

test("a reader that does not look again believes half of one", async () => {
  const { code, by } = await verdicts("examples/seqlock.ts", "--version", "no-recheck");
  expect(by).toEqual({ "no-torn-read": "violated", "read-succeeds": "holds", "no-deadlock": "holds" });
  expect(code).toBe(1);
  expect(seqlock.versions.map(({ id }) => id)).toEqual(["no-recheck", "recheck"]);
});
