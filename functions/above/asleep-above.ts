import { join, relative } from "node:path";
import { type SleepChain, withSleepers } from "../../model/c/knowledge/index.ts";
import { readUnit, type UnitFunction } from "../../model/c/source/index.ts";
import type { LocatedHandler } from "../../tree/index/segment.ts";
import type { NearFile } from "../../tree/near-files.ts";
import { sleepOfHandler } from "../across/atomic-caller.ts";
import { runsAtomic } from "../across/atomic-context.ts";
import { registrationsIn } from "../across/registered.ts";
import type { Finding } from "../finding.ts";
import { reachedFrom } from "../functions-by-name.ts";
import type { SleepAnswer } from "../sleep-confirmation.ts";
import { sleepersOf } from "../sleepers.ts";
import { MAX_FILES_ABOVE } from "./callers.ts";
import { CallingFile, type Sleeper, type TreeAbove } from "./calling-file.ts";
import { type Asleep, type AtomicCaller, type Caller, foundAbove, foundRegistered } from "./found-above.ts";

/**
 * Functions of a checked file that come to sleep, whoever calls them, and that other files call in atomic context: under
 * a lock, or in a handler. Hints.
 */
export async function asleepAbove(file: NearFile, tree: TreeAbove): Promise<readonly Finding[]> {
  const path = relative(tree.root, file.path);
  const mayBeAtomic = ({ name, headText }: UnitFunction) =>
    !/\bstatic\b/.test(headText) &&
    tree.known.find(name, []) === undefined &&
    (tree.callers.handedAt(name, path).length > 0 || tree.callers.mayBeAtomic(name, path, MAX_FILES_ABOVE));
  const open = readUnit(file.text)
    .functions.filter(mayBeAtomic)
    .map(({ name }) => name);
  if (open.length === 0) return [];
  const called = reachedFrom(open, readUnit(file.text)).flatMap(({ calls }) => [...calls]);
  const { headers, knowledge } = await tree.elsewhere.about(file, open, called);
  const unit = readUnit(file.text, headers);
  const sleepers = sleepersOf(unit, knowledge);
  const surroundings = { unit, file: file.name, known: withSleepers(knowledge, sleepers) };
  const findings: Finding[] = [];
  for (const each of unit.functions) {
    if (!open.includes(each.name) || !sleepers.has(each.name)) continue;
    const answer = await sleepOfHandler(each, surroundings, sleepers);
    const chain = answer.kind === "sleeps" ? answer.chain : byOthers(answer, sleepers.get(each.name));
    if (!chain) continue;
    const asleep = { name: each.name, file: file.name, unit, chain };
    findings.push(...(await foundOf(asleep, path, tree)));
  }
  return findings;
}

/** What sleeps by a function of another file was not followed to its end: it counts as far as its names tell. */
const byOthers = ({ kind }: SleepAnswer, chain: SleepChain | undefined): SleepChain | undefined =>
  kind === "unknown" && chain?.some((call) => call.file !== undefined) ? chain : undefined;

async function foundOf(asleep: Asleep, path: string, tree: TreeAbove): Promise<readonly Finding[]> {
  const { name, file } = asleep;
  const chain = asleep.chain.map((call) => ({ file, ...call }));
  const above = await callersAbove({ path, name, chain, callers: [] }, tree);
  return [
    ...registeredAbove(tree.callers.handedAt(name, path), asleep, tree),
    ...above.map(({ caller, between }) => foundAbove(caller, between, asleep)),
  ];
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
