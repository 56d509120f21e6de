import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import type { GateReport } from "../../gate/report.ts";
import { fakeJudge } from "../../gate/testing/fake-judge.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "examples", "mail", "continue-without-lock.eml");

/** What the gate says of the example mail. */
export async function sampleReport(): Promise<GateReport> {
  return gate(await readMails("continue-without-lock.eml", readFileSync(EXAMPLE)));
}

/** Words that would act in a terminal, a workflow log, an XML document or a page. */
export const HOSTILE = [
  "\u001b]0;owned\u0007\u001b[2J",
  "::error file=x,line=1::owned",
  "::stop-commands::token",
  "]]></failure><script>alert(1)</script>",
  "%0A::set-output name=x::y",
  "\u202eevil\u2066",
  "\u009b31m",
];

/** A report in which everything that comes from the patch is hostile. */
export async function hostileReport(): Promise<GateReport> {
  const words = HOSTILE.join(" ");
  const patch = [
    `From: Mallory ${words} <m@example.org>`,
    `Subject: [PATCH] ${words}`,
    "Message-ID: <1@example.org>",
    "",
    `--- "a/x ${escaped(words)}.c"`,
    `+++ "b/x ${escaped(words)}.c"`,
    `@@ -1,2 +1,3 @@ int f(void) /* ${words} */`,
    " \tone();",
    `+\tbug_u(a); /* ${words} */`,
    " \ttwo();",
    "",
  ].join("\n");
  const report = await gate(await readMails("patch", Buffer.from(patch)), { judge: fakeJudge });
  return {
    ...report,
    bounds: [...report.bounds, words],
    notes: [words],
    warnings: [words],
    assumed: [words],
  };
}

/** As a diff header writes what is in no plain file name. */
const escaped = (text: string): string =>
  [...Buffer.from(text.replaceAll('"', ""))].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/** A report with nothing in it. */
export async function emptyReport(verdict: GateReport["verdict"]): Promise<GateReport> {
  const report = await sampleReport();
  const patches = report.patches.map((each) => ({ ...each, verdict, new: 0 }));
  return { ...report, verdict, new: [], fixed: [], old: [], bounds: [], patches };
}
