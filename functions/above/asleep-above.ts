import { join, relative } from "node:path";
import { withSleepers } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import type { LocatedHandler } from "../../tree/index/segment.ts";
import { sleepOfHandler } from "../across/atomic-caller.ts";
import { runsAtomic } from "../across/atomic-context.ts";
import { registrationsIn } from "../across/registered.ts";
import type { Informed } from "../elsewhere.ts";
import type { Finding } from "../finding.ts";
import { sleepersOf } from "../sleepers.ts";
import { MAX_FILES_ABOVE } from "./callers.ts";
import { CallingFile, type Sleeper, type TreeAbove } from "./calling-file.ts";
import { type Asleep, type AtomicCaller, type Caller, foundAbove, foundRegistered } from "./found-above.ts";

/**
 * Functions of a checked file that come to sleep, whoever calls them, and that other files call in atomic context: under
 * a lock, or in a handler. Hints.
 */
export async function asleepAbove(
  file: { readonly path: string; readonly name: string; readonly text: string },
  { headers, knowledge }: Pick<Informed, "headers" | "knowledge">,
  tree: TreeAbove,
): Promise<readonly Finding[]> {
  const unit = readUnit(file.text, headers);
  const sleepers = sleepersOf(unit, knowledge);
  const surroundings = { unit, file: file.name, known: withSleepers(knowledge, sleepers) };
  const path = relative(tree.root, file.path);
  const findings: Finding[] = [];
  for (const each of unit.functions) {
    const { name, headText } = each;
    if (!sleepers.has(name) || /\bstatic\b/.test(headText) || tree.known.find(name, [])) continue;
    const handed = tree.callers.handedAt(name, path);
    if (handed.length === 0 && !tree.callers.mayBeAtomic(name, path, MAX_FILES_ABOVE)) continue;
    const answer = await sleepOfHandler(each, surroundings, sleepers);
    if (answer.kind !== "sleeps") continue;
    const chain = answer.chain.map((call) => ({ file: file.name, ...call }));
    const above = await callersAbove({ path, name, chain, callers: [] }, tree);
    const asleep = { name, file: file.name, unit, chain };
    findings.push(...registeredAbove(handed, asleep, tree));
    findings.push(...above.map(({ caller, between }) => foundAbove(caller, between, asleep)));
  }
  return findings;
}

function registeredAbove(
  handed: readonly LocatedHandler[],
  asleep: Asleep,
  { files, root }: TreeAbove,
): readonly Finding[] {
  return [...new Set(handed.map(({ path }) => path))].flatMap((path) => {
    const file = files.fileAt(join(root, path));
    const { text, lines } = readUnit(file?.text ?? "");
    const meant = registrationsIn(text).find(
      ({ name, in: runs }) => name === asleep.name && runsAtomic(runs),
    );
    if (!meant || !runsAtomic(meant.in)) return [];
    return [foundRegistered(`${path}:${lines.lineAt(meant.at)}`, meant.in, asleep)];
  });
}

interface Above {
  readonly caller: AtomicCaller;
  readonly between: readonly Caller[];
}

/** Those who call it in atomic context, also by functions of further files that come to sleep by it. */
async function callersAbove(sleeper: Sleeper, tree: TreeAbove): Promise<readonly Above[]> {
  const found: Above[] = [];
  const seen = new Set([keyOf(sleeper)]);
  for (let level = [sleeper], depth = 0; level.length > 0 && depth < MAX_FILES_ABOVE; depth++) {
    const next: Sleeper[] = [];
    for (const each of level) {
      for (const [path, names] of tree.callers.of(each.name, each.path)) {
        const file = CallingFile.open(path, names, each, tree);
        const atomic = (await file?.atomic()) ?? [];
        found.push(...atomic.map((caller) => ({ caller, between: each.callers })));
        next.push(...((await file?.passing()) ?? []).filter((one) => !seen.has(keyOf(one))));
        for (const one of next) seen.add(keyOf(one));
      }
    }
    level = next;
  }
  return found;
}

const keyOf = ({ path, name }: { readonly path: string; readonly name: string }): string => `${path} ${name}`;
