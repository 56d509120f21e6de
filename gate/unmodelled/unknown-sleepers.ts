import { atomicIn } from "../../functions/callback-problem.ts";
import { sleepersOf } from "../../functions/sleepers.ts";
import { type CallEffect, type Knowledge, tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callsIn, readUnit, type Unit, type UnitFunction } from "../../model/c/source/index.ts";
import { maySleep } from "../../model/kernel/table/operations.ts";
import { noSleepInAtomic } from "../../properties/no-sleep-in-atomic.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import type { Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { placeOf } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { heldWhere } from "./held-where.ts";

const WAITS = /(?:^|_)(?:wait|sync|synchroni[sz]e|flush|drain|[mu]?sleep|quiesce|stop_and_wait)(?:_|\d*$)/;
/** They do not wait, or busily; caches and TLBs are flushed at once, and DMA is synchronised so. */
const AT_ONCE =
  /(?:^|_)(?:no|non|dont|nowait|nosync|async|atomic|locked|try|wake|busy|poll|is|has|can|may|needs?|want|should|set|clear|test|init|prepare|finish|trace|dma|tlb|iotlb|[di]?cache|core|wait_(?:queue|entry)|irqsafe|gro|signals?|plug)(?:_|$)/;

/** Whether a call of this name, of which nothing else is known, may well sleep. */
const soundsLikeSleep = (name: string): boolean => WAITS.test(name) && !AT_ONCE.test(name);

/**
 * Calls that since a change stand where nothing may sleep, and of which nothing is known but that their names say that
 * they wait; calls of the file's functions that lead to one, too.
 */
export async function unknownSleepers(
  { pair, reports }: PairJudgement,
  judge: Judge,
): Promise<readonly string[]> {
  const { before, after } = pair;
  if (!before || !after || before.partial || after.partial) return [];
  const changed = new Set(changedFunctions(pair));
  const found = (await callsOf(after, changed, judge)).filter(
    ({ name, line }) =>
      !reports.after.findings.some(
        (each) => each.rule === noSleepInAtomic.name && each.function === name && each.line === line,
      ),
  );
  if (found.length === 0) return [];
  const was = new Set((await callsOf(before, changed, judge)).map(lookOf));
  return found
    .filter((each) => !was.has(lookOf(each)))
    .map((each) => `${placeOf(after, each.line)}: ${toldOf(each)}`);
}

function toldOf({ name, callee, waits, atomic }: AtomicCall): string {
  const way = callee === waits ? "" : ` leads to ${waits}(), which`;
  return `${name}() newly calls ${callee}() under ${atomic}, which${way} by its name may sleep: nothing else is known of it`;
}

interface AtomicCall {
  readonly name: string;
  readonly callee: string;
  /** What the callee comes to: itself, where nothing is known of it. */
  readonly waits: string;
  readonly atomic: string;
  readonly line: number;
}

const lookOf = ({ name, callee, waits }: AtomicCall): string => `${name} ${callee} ${waits}`;

async function callsOf(
  image: Image,
  changed: ReadonlySet<string>,
  judge: Judge,
): Promise<readonly AtomicCall[]> {
  const sites = sitesIn(image, changed);
  if (sites.length === 0) return [];
  const held = await heldWhere(image, new Set(sites.map(({ name }) => name)), judge);
  const found: AtomicCall[] = [];
  for (const site of sites) {
    const atomic = atomicIn(await held.at(site.name, site.line));
    if (atomic !== undefined) found.push({ ...site, atomic });
  }
  return found;
}

type Site = Omit<AtomicCall, "atomic">;

/** In functions that changed; elsewhere where they call what did. */
function sitesIn({ text, file }: Image, changed: ReadonlySet<string>): readonly Site[] {
  const unit = readUnit(text);
  const isUnknown = unknownIn(unit);
  const waits = new Set(unit.functions.flatMap(({ calls }) => [...calls].filter(isUnknown)));
  if (waits.size === 0) return [];
  const sleepers = sleepersOf(unit, withSleeping(waits));
  const certain = sleepersOf(unit, tableKnowledge);
  const affected = new Set([...changed, ...callGraph(text, file).callersOf(changed)]);
  const waitOf = (name: string) =>
    waits.has(name) ? name : certain.has(name) ? undefined : sleepers.get(name)?.at(-1)?.callee;
  const isMeant = (each: UnitFunction, callee: string) => changed.has(each.name) || affected.has(callee);
  return unit.functions.flatMap((each) => {
    if (![...each.calls].some((name) => waitOf(name) !== undefined && isMeant(each, name))) return [];
    return callsIn(unit.text.slice(each.bodyStart, each.bodyEnd)).flatMap(({ name: callee, from }) => {
      const wait = isMeant(each, callee) ? waitOf(callee) : undefined;
      const line = unit.lines.lineAt(each.bodyStart + from);
      return wait === undefined ? [] : [{ name: each.name, callee, waits: wait, line }];
    });
  });
}

/** Whether nothing is known of a call but what its name says. */
function unknownIn({ functions, macros }: Unit): (name: string) => boolean {
  const own = new Set(functions.map(({ name }) => name));
  return (name) =>
    soundsLikeSleep(name) &&
    !own.has(name) &&
    !macros.names.has(name) &&
    !tableKnowledge.matters(name) &&
    tableKnowledge.leavesLocks?.(name) !== true &&
    tableKnowledge.find(name, []) === undefined;
}

const withSleeping = (waits: ReadonlySet<string>): Knowledge => ({
  ...tableKnowledge,
  find: (name, args) => (waits.has(name) ? sleeping(name) : tableKnowledge.find(name, args)),
});

const sleeping = (name: string): CallEffect => ({
  name,
  source: "its name",
  outcomes: [{ name: "done", weight: 0, does: [{ operation: maySleep }], returns: 7 }],
});
