import { buildFlow } from "../../model/c/flow/statement.ts";
import { type CParser, loadParser } from "../../model/c/parser.ts";
import { type CallEffect, effectOf, type FindEffect } from "../../model/c/program/effect.ts";
import { planProgram } from "../../model/c/program/plan.ts";
import { type Translation, translate } from "../../model/c/program/translate.ts";
import { readConditionals } from "../../model/c/source/conditional.ts";
import { calledNames, type FunctionText, scanFunctions } from "../../model/c/source/scan.ts";
import { blankOpaque, type Lines, linesOf } from "../../model/c/source/text.ts";
import { parseBody } from "../../model/c/syntax/index.ts";
import { findPrimitive } from "../../model/kernel/table/index.ts";
import type { Finding } from "./finding.ts";
import { judge } from "./judge.ts";

/** C text to check: a file, or what a patch shows of one. */
export interface SourceText {
  /** As findings name it. */
  readonly file: string;
  readonly text: string;
}

export interface CheckOptions {
  /** Only these functions; all where absent. */
  readonly functions?: readonly string[];
}

export interface NamedReason {
  readonly function: string;
  readonly reason: string;
}

/** What is said of the functions of a source. */
export interface FunctionReport {
  readonly findings: readonly Finding[];
  readonly functions: {
    /** Functions whose body calls a primitive that acquires, releases, enters or leaves something. */
    readonly seen: number;
    readonly modelled: number;
    readonly skipped: readonly NamedReason[];
    readonly capped: readonly NamedReason[];
  };
  /** What was taken for granted of callees that nothing is known of. */
  readonly assumed: readonly string[];
  /** What kept the search of some function from being exhaustive. */
  readonly bounds: readonly string[];
}

/** Checks the functions of a C source. It is read as it stands: no preprocessing, no headers. */
export async function checkSource(source: SourceText, options: CheckOptions = {}): Promise<FunctionReport> {
  const parser = await loadParser();
  const text = blankOpaque(source.text);
  const lines = linesOf(source.text);
  const wanted = scanFunctions(text).filter(({ name }) => options.functions?.includes(name) ?? true);
  const reports = wanted.map((each) => checkFunction(parser, each, { ...source, blanked: text, lines }));
  return merge(reports.filter((each) => each !== undefined));
}

interface Context extends SourceText {
  readonly blanked: string;
  readonly lines: Lines;
}

const effects = new Map<string, CallEffect | undefined>();

const findEffect: FindEffect = (name) => {
  if (!effects.has(name)) {
    const row = findPrimitive(name);
    effects.set(name, row && effectOf(row));
  }
  return effects.get(name);
};

function checkFunction(parser: CParser, each: FunctionText, context: Context): FunctionReport | undefined {
  const body = context.blanked.slice(each.bodyStart, each.bodyEnd);
  if (![...calledNames(body)].some((name) => findEffect(name))) return undefined;
  const { readings, unread } = readConditionals(body);
  const judged = readings.map((reading) => judge(model(parser, reading.text, each, context)));
  const bounds = unread.map(
    (at) => `${context.file}:${context.lines.lineAt(each.bodyStart + at)}: #if arm not read`,
  );
  return {
    findings: distinct(judged.flatMap(({ findings }) => findings)),
    functions: { seen: 1, modelled: 1, skipped: [], capped: [] },
    assumed: [],
    bounds,
  };
}

function model(parser: CParser, body: string, each: FunctionText, { file, lines }: Context): Translation {
  const statements = parseBody(parser, body, each.bodyStart);
  const flow = buildFlow(statements, each.bodyEnd - 1, { matters: (name) => findEffect(name) !== undefined });
  return translate(planProgram(flow, findEffect), { name: each.name, file, lines });
}

/** The readings of one function repeat what their common text says. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((each) => [`${each.line} ${each.id}`, each])).values()];
}

function merge(reports: readonly FunctionReport[]): FunctionReport {
  const sum = (pick: (each: FunctionReport["functions"]) => number) =>
    reports.reduce((total, { functions }) => total + pick(functions), 0);
  return {
    findings: reports.flatMap(({ findings }) => findings),
    functions: {
      seen: sum(({ seen }) => seen),
      modelled: sum(({ modelled }) => modelled),
      skipped: reports.flatMap(({ functions }) => functions.skipped),
      capped: reports.flatMap(({ functions }) => functions.capped),
    },
    assumed: [...new Set(reports.flatMap(({ assumed }) => assumed))],
    bounds: [...new Set(reports.flatMap(({ bounds }) => bounds))],
  };
}
