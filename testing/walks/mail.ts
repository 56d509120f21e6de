import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../cli/testing/run-cli.ts";
import { imagesOf } from "../../gate/apply/change-images.ts";
import { changedFunctions } from "../../gate/apply/image-pair.ts";
import { gate } from "../../gate/gate.ts";
import type { ChangeSet } from "../../gate/intake/change.ts";
import { readMails } from "../../gate/intake/mails.ts";
import { judgeWith } from "../../gate/judge/judge.ts";
import { judgePair, type PairJudgement } from "../../gate/judge/pair.ts";
import type { Image } from "../../gate/rebuild/rebuild.ts";
import type { GateResult } from "../../gate/result.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const MAIL = "examples/mail/continue-without-lock.eml";

/** What each step from a mail to a report makes of the example, by the name of its block in docs/architecture.md. */
export async function mailWalk(): Promise<Readonly<Record<string, string>>> {
  const set = await readMails(MAIL, readFileSync(join(ROOT, MAIL)));
  const [change] = set.changes;
  const [pair] = change ? imagesOf(change.diff, undefined).pairs : [];
  if (!pair?.after) throw new Error("the example changes no C");
  const judged = await judgePair(pair, changedFunctions(pair), judgeWith(tableKnowledge));
  return {
    "mail/change": changeText(set),
    "mail/image": imageText(pair.after),
    "mail/judged": judgedText(judged),
    "mail/compared": comparedText(await gate(set)),
    "mail/report": (await runCli("gate", MAIL, "--no-cache")).out,
  };
}

const changeText = ({ changes, notes, bounds }: ChangeSet): string =>
  [
    ...changes.flatMap(({ label, from, depth, diff, comments }) => [
      `change: ${label}`,
      `from ${from}, quoted ${depth} deep, ${comments.length} comments between the lines`,
      ...diff.files.map(({ after, hunks }) => `file ${after}, ${hunks.length} hunks`),
    ]),
    ...notes.map((each) => `note: ${each}`),
    ...bounds.map((each) => `bound: ${each}`),
  ].join("\n");

/** The line of the mail that each line of the rebuilt text comes from; what has none was put there. */
const imageText = ({ text, origins }: Image): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line, at) => {
      const { input, changed } = origins[at] ?? {};
      return `${String(input ?? "").padStart(4)} ${changed ? "+" : " "} ${line}`.trimEnd();
    })
    .join("\n");

function judgedText({ before, after, reports }: PairJudgement): string {
  const said = (side: "before" | "after", found: typeof before) => {
    const { states } = reports[side].functions.searched[0] ?? {};
    return [
      `${side}: ${states} states, ${found.length} findings`,
      ...found.map(
        ({ finding: { rule, function: name, lock, line } }) =>
          `  ${rule} in ${name}(): ${lock}, line ${line}`,
      ),
    ];
  };
  return [...said("before", before), ...said("after", after)].join("\n");
}

const comparedText = ({ verdict, new: fresh, fixed, old, bounds }: GateResult): string =>
  [
    `${verdict}: ${fresh.length} new, ${fixed.length} fixed, ${old.length} old`,
    ...fresh.flatMap(({ digest, rule, guilty, alsoViolates }) => [
      `${digest} ${rule}, made by lines ${guilty?.from}-${guilty?.to}: ${guilty?.text}`,
      `  also violates ${alsoViolates.join(", ")}`,
    ]),
    ...bounds.map((each) => `bound: ${each}`),
  ].join("\n");
