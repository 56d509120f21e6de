import type { DiffLine, FileDiff, Hunk } from "../gate/diff/diff.ts";
import type { Change } from "../gate/intake/change.ts";
import { decodeWords } from "../gate/intake/encoded-words.ts";
import { readQuoted } from "../gate/intake/quote.ts";
import { sawHunksAlone } from "../gate/result.ts";
import { oneLine, printable, withoutCommands } from "../model/printable.ts";
import { blameOf, callersOf } from "./blame.ts";
import { type Format, originOf, sayStep } from "./format.ts";
import { isRemoved } from "./guilty.ts";
import { ofStanding } from "./of-gate.ts";
import type { ChangeFinding, GateReport } from "./report.ts";
import { sentence } from "./sentence.ts";
import { type MarkedStep, tellPath } from "./story.ts";
import { clip, wrap, wrapCommand } from "./wrap.ts";

const WIDTH = 72;
const MAX_CONTEXT = 12;
/** What is never cut off of a decision. */
const OUTCOME = / is \w+$/;

/**
 * Replies for a person to send: each quotes the hunk down to the guilty statement and says there what is
 * wrong. Several patches of a series give several mails, as an mbox. Nothing where nothing is new.
 */
export const mail: Format<GateReport> = (report) => {
  const replies = report.changes.flatMap((change, patch) => {
    const found = ofStanding(report, "new").filter((each) => each.patch === patch);
    return found.length > 0 ? [reply(report, change, found)] : [];
  });
  const [only, ...more] = replies;
  if (only === undefined) return "";
  return more.length === 0 ? only : replies.map((each) => `${SEPARATOR}\n${each}\n`).join("");
};

const SEPARATOR = "From holdfast Thu Jan  1 00:00:00 1970";

function reply(report: GateReport, change: Change, found: readonly ChangeFinding[]): string {
  const said = [...greeting(change), ...attributions(change), ...body(report, change, found)];
  const origin = ["-- ", ...wrap(originOf(report.provenance), WIDTH)];
  return withoutCommands(`${[...headers(change), "", ...said, ...origin].join("\n")}\n`);
}

function headers({ from, recipients, subject, label, messageId }: Change): readonly string[] {
  const topic = oneLine(subject ?? label).replace(/^(re:\s*)*/i, "");
  const id = messageId === undefined ? undefined : `<${oneLine(messageId)}>`;
  return [
    // Archives hide addresses, and a name alone can't be sent to.
    ...(from?.includes("@") ? [`To: ${oneLine(from)}`] : []),
    ...(recipients === undefined
      ? []
      : [`Cc: ${oneLine(recipients).replaceAll(/(?<=>|@[\w.-]+),\s+/g, ",\n ")}`]),
    `Subject: Re: ${topic}`,
    ...(id === undefined ? [] : [`In-Reply-To: ${id}`, `References: ${id}`]),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
  ];
}

function greeting({ from, date }: Change): readonly string[] {
  if (from === undefined) return [];
  const writer = oneLine(decodeWords(from));
  return wrap(`${date === undefined ? "" : `On ${oneLine(date)}, `}${writer} wrote:`, WIDTH);
}

/** Of a mail that quotes, the lines that say whom: `> On Monday, B wrote:`. */
function attributions({ depth, lines }: Change): readonly string[] {
  const read = lines.map(readQuoted);
  return Array.from({ length: depth }, (_, level) => {
    const start = read.findIndex((line) => line.depth > level);
    const above = read.slice(0, start).findLast((line) => line.depth === level && line.text.trim() !== "");
    return above && /\bwrote:\s*$/.test(above.text)
      ? [`${">".repeat(level + 1)} ${oneLine(above.text)}`]
      : [];
  }).flat();
}

/** Files and hunks in the order of the patch; those without a finding are left out. */
function body(report: GateReport, change: Change, found: readonly ChangeFinding[]): readonly string[] {
  return change.diff.files.flatMap((file) => {
    const own = found.filter((each) => (each.because ?? each).file === (file.after ?? file.before));
    if (own.length === 0) return [];
    const placed = file.hunks.flatMap((hunk) => quoteHunk(report, change, hunk, own));
    const said = new Set(file.hunks.flatMap((hunk) => own.filter((each) => isIn(each, hunk))));
    const rest = own.filter((each) => !said.has(each)).flatMap((each) => words(report, each));
    return [...fileHeader(file, change), ...placed, ...rest];
  });
}

const quoted = ({ depth }: Change, text: string): string =>
  `${">".repeat(depth + 1)} ${printable(text)}`.trimEnd();

const fileHeader = ({ before, after }: FileDiff, change: Change): readonly string[] => [
  quoted(change, `--- ${before === undefined ? "/dev/null" : `a/${before}`}`),
  quoted(change, `+++ ${after === undefined ? "/dev/null" : `b/${after}`}`),
];

const isIn = ({ guilty }: ChangeFinding, { lines }: Hunk): boolean =>
  guilty !== undefined && lines.some(({ input }) => input === guilty.to);

function quoteHunk(
  report: GateReport,
  change: Change,
  hunk: Hunk,
  found: readonly ChangeFinding[],
): readonly string[] {
  const here = found.filter((each) => isIn(each, hunk)).sort((one, other) => endOf(one) - endOf(other));
  if (here.length === 0) return [];
  const { oldStart, oldCount, newStart, newCount, section } = hunk;
  const heading = `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@ ${section}`;
  const parts = here.flatMap((finding, at) => {
    const from = at === 0 ? 0 : endOf(here[at - 1]);
    const shown = hunk.lines.filter(({ input }) => input > from && input <= endOf(finding));
    return [...trimmed(shown).map((text) => quoted(change, text)), ...words(report, finding)];
  });
  return [quoted(change, heading), ...parts];
}

const endOf = (finding: ChangeFinding | undefined): number => finding?.guilty?.to ?? 0;

/** The last lines before the words. */
function trimmed(lines: readonly DiffLine[]): readonly string[] {
  const shown = lines.slice(-MAX_CONTEXT).map(({ kind, text }) => MARKERS[kind] + text);
  return lines.length > MAX_CONTEXT ? ["[...]", ...shown] : shown;
}

const MARKERS = { context: " ", added: "+", removed: "-" } as const;

function words(report: GateReport, finding: ChangeFinding): readonly string[] {
  const also = finding.alsoViolates.join(", ");
  const callers = callersOf(finding);
  const sentences = [
    `${statement(report, finding)} (${finding.rule}).`,
    ...(callers === undefined ? [] : [`That ${callers}.`]),
    ...(also === "" ? [] : [`The same mistake also violates ${also}.`]),
  ];
  return [
    "",
    ...sentences.flatMap((each) => wrap(each, WIDTH)),
    ...pathWords(finding),
    ...(sawHunksAlone(report) ? ["Only the hunks were looked at, not the whole file.", ""] : []),
    "To see it again:",
    ...wrapCommand(`  ${oneLine(finding.reproduce)}`, WIDTH),
    "",
  ];
}

/** What is wrong, as what follows from the quoted statement. */
function statement(report: GateReport, finding: ChangeFinding): string {
  const said = sentence(
    finding,
    finding.patchLine !== undefined && finding.patchLine === finding.guilty?.from,
  );
  const blame = blameOf(finding);
  const whole = blame === undefined ? said : `${said}, ${blame}`;
  if (isRemoved(report, finding)) return `Without this line, ${whole}`;
  return whole.startsWith("in ") ? `In ${whole.slice(3)}` : whole;
}

function pathWords({ path, rule, story }: ChangeFinding): readonly string[] {
  if (path.length === 0) return [];
  // What is decided of a line in two steps is told by the second.
  const told = path.filter((step, at) => path[at + 1]?.line !== step.line);
  const steps = tellPath({ path: told, rule, ...(story && { story }) }).flatMap((step) =>
    step === "..." ? ["  ..."] : stepWords(step),
  );
  return ["The path, by lines of the file:", "", ...steps, ""];
}

/** On a line of its own where both would not fit. */
function stepWords(step: MarkedStep): readonly string[] {
  const [place, rest] = [`  ${String(step.line).padStart(5)}: `, oneLine(sayStep(step))];
  const said = [step.decision ?? [], step.mark ?? []].flat();
  if (place.length + rest.length <= WIDTH || said.length === 0) return [clip(place + rest, WIDTH)];
  return [
    clip(place + oneLine(step.text), WIDTH),
    ...said.map((each) => clip(`           <- ${oneLine(each)}`, WIDTH, OUTCOME)),
  ];
}
