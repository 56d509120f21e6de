import { resolve } from "node:path";
import type { Command } from "commander";
import type { CheckOptions, CheckResult } from "../../functions/check.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import { oneForEachMistake } from "../../functions/mistakes.ts";
import { merge, NOT_JUDGED } from "../../functions/result.ts";
import { type SuppressionUse, suppressionUse } from "../../functions/suppress.ts";
import { orUnread } from "../../functions/unread-source.ts";
import { knowledgeOf } from "../../model/c/knowledge/index.ts";
import type { Kernel } from "../../model/kernel/version/tree.ts";
import { loadFormat } from "../../reports/index.ts";
import { reportOfCheck } from "../../reports/of-check.ts";
import type { CheckReport } from "../../reports/report.ts";
import { type Shard, staleIn } from "../../reports/shard.ts";
import { Dependencies } from "../../tree/dependencies.ts";
import { leftOutRules } from "../check/chosen-rules.ts";
import { commandLine, reproduce, wordsOfPart } from "../check/command-line.ts";
import { withoutCompilerFlags } from "../check/compiler-flags.ts";
import { areKept, keptResults } from "../check/keeping.ts";
import type { KeptResults } from "../check/kept-results.ts";
import { type Around, checkNearOthers, nearbyFiles, wholeTree } from "../check/nearby-files.ts";
import { type CheckArguments, declareCheckOptions, refuseCheckOptions } from "../check/options.ts";
import { checkInProcesses, processesFor } from "../check/processes.ts";
import { fileProgress, progressLine } from "../check/progress.ts";
import { filesOfShard, type ShardPlace, shardPlace } from "../check/shard.ts";
import { refuseUnknownFunctions, showModels } from "../check/show-model.ts";
import { isStandardInput, type SourceFile, sourceFiles } from "../check/source-files.ts";
import { coloured } from "../colour.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-code.ts";
import { formatName } from "../format.ts";
import { chooseKernel } from "../kernel.ts";
import { MANY_PROGRAMS, optimiseLate } from "../optimise-late.ts";
import { readText } from "../read-file.ts";
import { standingTree } from "../standing-tree.ts";
import type { Terminal } from "../terminal.ts";
import { headOf, readerOf } from "../tree.ts";

const AFTER = `
Exit codes: 0 holds or nothing to check, 1 findings, 2 bad input, 3 some function was not modelled in full.`;

/** As a checker of make C=1, it is given the compiler's flags as well. */
export const wordsOf = withoutCompilerFlags;

export function configure(command: Command): Command {
  return declareCheckOptions(command).addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  optimiseLate(MANY_PROGRAMS);
  const options = command.opts<CheckArguments>();
  refuseCheckOptions(options);
  const print = await loadFormat("check", formatName(options));
  const kernel = chooseKernel(options.kernel, readerOf(treeFor(options)));
  const configured = await configuredBy(options.config, kernel);
  const asked: Asked = {
    ...{ options, kernel, configured, args: command.args },
    files: sourceFiles(command.args, options.tree),
    leftOut: leftOutRules(options),
  };
  const around = aroundFiles(asked, terminal);
  const kept = await keptResults(asked, around);
  const apart = await reportOfProcesses(asked, kept, terminal);
  const parts = apart ? [] : await checkFiles(asked, { around, kept }, terminal);
  if (options.showModel === true) return showModels(parts, options, terminal);
  const report = apart ?? reportOf(parts, asked);
  for (const warning of report.warnings) terminal.err(`warning: ${warning}\n`);
  const text = print(report, { verbose: options.verbose === true, terse: options.terse === true });
  terminal.out(coloured(text, formatName(options)));
  return options.exitZero === true ? EXIT.holds : exitCodeOf([report.verdict]);
}

/** A check as it is asked for. */
interface Asked {
  readonly args: readonly string[];
  readonly options: CheckArguments;
  readonly kernel: Kernel;
  readonly configured: Configured;
  readonly files: readonly SourceFile[];
  /** Ids of rules. */
  readonly leftOut: readonly string[];
}

/** By several processes, where the files are many; else undefined. */
async function reportOfProcesses(
  { args, options, files }: Asked,
  kept: KeptResults | undefined,
  terminal: Terminal,
): Promise<CheckReport | undefined> {
  const { shard, function: names, only, showModel, threads } = options;
  const isWhole = [shard, names, only, showModel].some((each) => each !== undefined);
  if (isWhole || files.some(isStandardInput)) return undefined;
  if (processesFor(kept?.missing(files) ?? files.length, threads) < 2) return undefined;
  const line = progressLine(terminal);
  line.show(0, files.length);
  const onPart = (done: number, parts: number) =>
    line.show(Math.floor((files.length * done) / parts), files.length);
  const words = wordsOfPart(args, options);
  const checked = await checkInProcesses({ words, files: files.length, processes: threads, onPart });
  line.clear();
  if (checked) kept?.saveShards(checked.shards);
  return checked?.report;
}

interface Prepared {
  readonly around: Around;
  readonly kept: KeptResults | undefined;
}

async function checkFiles(
  asked: Asked,
  { around, kept }: Prepared,
  terminal: Terminal,
): Promise<readonly CheckResult[]> {
  const { options, configured, files, leftOut, args } = asked;
  const chosen = options.shard === undefined ? files : filesOfShard(files, shardPlace(options.shard));
  const progress = fileProgress(terminal, chosen.length);
  const parts: CheckResult[] = [];
  for (const file of chosen) {
    progress.begin(file.name);
    const make = async () => inShort(await checkFile(file, options, { configured, around }), options);
    const result = withoutRules(await (kept?.of(file, make) ?? make()), leftOut);
    parts.push(options.only === undefined ? byMistakes(result) : result);
  }
  progress.clear();
  await kept?.save();
  refuseUnknownFunctions(options.function, parts, args);
  return parts;
}

function reportOf(parts: readonly CheckResult[], asked: Asked): CheckReport {
  const { options, kernel, configured, leftOut, args } = asked;
  const suppressions = suppressionsOf(parts, options, configured);
  const warnings = [...parts.flatMap((each) => each.warnings ?? []), ...staleIn([{ suppressions }])];
  return reportOfCheck(
    { ...merge(parts), warnings },
    {
      failsOnAudit: options.failOn === "audit",
      only: options.only,
      explain: options.explain === true,
      leftOutRules: leftOut,
      origin: {
        ...{ kernel, baseCommit: baseCommit(options), command: commandLine(args, options) },
        ...(options.shard !== undefined && {
          shard: shardOf(shardPlace(options.shard), asked, suppressions),
        }),
      },
      reproduce: (finding) => reproduce(finding, options),
    },
  );
}

function aroundFiles({ files, options, configured: { knowledge } }: Asked, terminal: Terminal): Around {
  const dependencies = areKept(files, options) ? new Dependencies() : undefined;
  const nearby = nearbyFiles(files, options.tree, dependencies);
  const tree = wholeTree(options, nearby, knowledge, progressLine(terminal));
  return {
    ...{ tree, elsewhere: new Elsewhere(nearby, knowledge, tree?.rest), dependencies },
    checked: new Set(files.map(({ path }) => resolve(path))),
  };
}

/** The tree that tells which kernel is meant, where nobody says it. */
const treeFor = ({ tree, kernel }: CheckArguments): string | undefined =>
  tree ?? (kernel === undefined ? standingTree() : undefined);

/** Whether a suppression is stale is known where all functions were judged by all rules. */
function suppressionsOf(
  parts: readonly CheckResult[],
  { audit, function: names, config }: CheckArguments,
  { suppress = [] }: CheckOptions,
): readonly SuppressionUse[] {
  const use = audit === true && names === undefined ? suppressionUse(suppress, parts) : [];
  return use.map((each) => ({ ...each, warning: `${config}: ${each.warning}` }));
}

function shardOf(
  place: ShardPlace,
  { args, options, leftOut }: Asked,
  suppressions: readonly SuppressionUse[],
): Shard {
  const { shard: _, ...whole } = options;
  return {
    ...place,
    command: commandLine(args, whole),
    failsOnAudit: options.failOn === "audit",
    notJudged: [...NOT_JUDGED, ...leftOut],
    suppressions,
  };
}

const withoutRules = (result: CheckResult, leftOut: readonly string[]): CheckResult => ({
  ...result,
  findings: result.findings.filter(({ rule }) => !leftOut.includes(rule)),
});

const byMistakes = (result: CheckResult): CheckResult => ({
  ...result,
  findings: oneForEachMistake(result.findings),
});

/** Without what holds on to the text of a file where it is not asked for: there may be thousands. */
function inShort(
  { effects: _effects, defined, ...rest }: CheckResult,
  { function: names, config }: CheckArguments,
): CheckResult {
  return defined && (names ?? config) !== undefined ? { ...rest, defined } : rest;
}

/** Asks git only where the answer is shown. */
function baseCommit({ tree, verbose, ...options }: CheckArguments): string | undefined {
  const isShown = verbose === true || formatName(options) !== "text";
  return tree !== undefined && isShown ? headOf(tree) : undefined;
}

async function checkFile(
  file: SourceFile,
  { function: functions, audit, showModel, explain, only }: CheckArguments,
  { configured, around }: { readonly configured: Configured; readonly around: Around },
): Promise<CheckResult> {
  const chosen = {
    ...configured,
    ...(functions && { functions }),
    ...(audit === true && { audit }),
    ...(showModel === true && { keepPrograms: true }),
    ...(explain === true && { keepEvidence: true }),
    ...(only === undefined && { causes: true }),
  };
  return orUnread(file.name, () => checkNearOthers(file, chosen, around));
}

type Configured = CheckOptions & Required<Pick<CheckOptions, "knowledge">>;

/** What reads a configuration is loaded where there is one: it takes longer than a small file. */
async function configuredBy(file: string | undefined, { version }: Kernel): Promise<Configured> {
  const knowledge = knowledgeOf(version);
  if (file === undefined) return { knowledge };
  const { parseConfig, withConfig } = await import("../../model/c/knowledge/config.ts");
  const config = parseConfig(file, readText(file));
  return { knowledge: withConfig(knowledge, config), suppress: config.suppress };
}
