import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import type { GateResult } from "../../gate/result.ts";
import { fakeJudge } from "../../gate/testing/fake-judge.ts";
import { ANY_KERNEL } from "../../model/kernel/version/tree.ts";
import { reportOfGate } from "../of-gate.ts";
import type { GateReport } from "../report.ts";
import { HOSTILE_WORDS } from "./hostile.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "examples", "mail", "continue-without-lock.eml");

/** The report on a change of this name. */
export const reported = (result: GateResult, name = "x.patch"): GateReport =>
  reportOfGate(result, { kernel: ANY_KERNEL, command: `holdfast gate ${name}` });

/** What the gate says of the example mail. */
const sampleResult = async (): Promise<GateResult> =>
  gate(await readMails("continue-without-lock.eml", readFileSync(EXAMPLE)));

export const sampleReport = async (): Promise<GateReport> =>
  reported(await sampleResult(), "continue-without-lock.eml");

/** A report in which everything that comes from the patch is hostile. */
export async function hostileReport(): Promise<GateReport> {
  const patch = [
    `From: Mallory ${HOSTILE_WORDS} <m@example.org>`,
    `Subject: [PATCH] ${HOSTILE_WORDS}`,
    "Message-ID: <1@example.org>",
    "",
    `--- "a/x ${escaped(HOSTILE_WORDS)}.c"`,
    `+++ "b/x ${escaped(HOSTILE_WORDS)}.c"`,
    `@@ -1,2 +1,3 @@ int f(void) /* ${HOSTILE_WORDS} */`,
    " \tone();",
    `+\tbug_u(a); /* ${HOSTILE_WORDS} */`,
    " \ttwo();",
    "",
  ].join("\n");
  const result = await gate(await readMails("patch", Buffer.from(patch)), { judge: fakeJudge });
  const words = [HOSTILE_WORDS];
  const bounds = [...result.bounds, ...words];
  return reported({ ...result, bounds, notes: words, warnings: words, assumed: words }, "patch");
}

/** As a diff header writes what is in no plain file name. */
const escaped = (text: string): string =>
  [...Buffer.from(text.replaceAll('"', ""))].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/** A result with nothing in it but what `more` says. */
export async function emptyResult(
  verdict: GateResult["verdict"],
  more: Partial<GateResult> = {},
): Promise<GateResult> {
  const result = await sampleResult();
  const patches = result.patches.map((each) => ({ ...each, verdict, new: 0 }));
  return { ...result, verdict, new: [], fixed: [], old: [], bounds: [], patches, ...more };
}

export const emptyReport = async (verdict: GateResult["verdict"]): Promise<GateReport> =>
  reported(await emptyResult(verdict));
