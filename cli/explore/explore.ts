import type { SearchOptions } from "../../checker/search-options.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import { refuseUnwritable, replaceText } from "../../model/files/replace-file.ts";
import { jsonText } from "../../model/printable.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { counterexampleTo, type Exploration } from "./exploration.ts";
import { findFamily } from "./family.ts";
import type { ExploreOptions } from "./options.ts";
import { reportsOf } from "./report.ts";
import { searchFamily } from "./search.ts";
import { explorationText } from "./text.ts";

export interface ExploreRequest {
  readonly name: string;
  /** The scenario's own options, as the user wrote them. */
  readonly words: readonly string[];
  readonly options: ExploreOptions;
  readonly limits: SearchOptions;
}

/** `holdfast explore <scenario>`: searches once and judges every property. */
export async function explore(request: ExploreRequest, terminal: Terminal): Promise<ExitCode> {
  const { name, words, options, limits } = request;
  const family = await findFamily({ name, version: options.version, words });
  if (options.trace !== undefined) refuseUnwritable(options.trace);
  const exploration = await searchFamily(family, options, limits, terminal);
  if (options.trace !== undefined) await writeTrace(options.trace, exploration, options, terminal);
  terminal.out(
    options.json === true
      ? `${jsonText(await reportsOf(exploration, options), 2)}\n`
      : await explorationText(exploration, options),
  );
  if (options.keepGoing === true) terminal.out(await keptGoing(family.subject, limits));
  return exitCodeOf(exploration.properties.map(({ verdict }) => verdict));
}

async function keptGoing(subject: Subject, limits: SearchOptions): Promise<string> {
  const { keepGoing, keptGoingText } = await import("../../counterexamples/keep-going/keep-going.ts");
  const kept = keepGoing(subject, limits);
  return `\n${kept ? keptGoingText(kept) : "The model says nothing of kernel state: no report can be told.\n"}`;
}

async function writeTrace(
  path: string,
  exploration: Exploration,
  options: ExploreOptions,
  terminal: Terminal,
): Promise<void> {
  const violated = exploration.properties.find(({ verdict, run }) => verdict === "violated" && run);
  const found = violated && (await counterexampleTo(exploration, violated, options));
  if (found) replaceText(path, `${jsonText(found.trace, 2)}\n`);
  else terminal.err("no counterexample to write\n");
}
