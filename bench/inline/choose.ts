import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ofRecent } from "../../model/c/source/index.ts";
import { definersOf } from "../../tree/index/resolve.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import { kernelFiles } from "../check/whole-tree.ts";
import type { Scanned } from "../mutate/across.ts";
import { randomFrom, sample } from "../mutate/random.ts";
import { callsOf } from "../mutate/scan.ts";
import type { CFile } from "../mutate/site.ts";
import { type Break, breaksOf } from "./break.ts";
import { PassedOver } from "./lay.ts";
import {
  CALLEE_KINDS,
  type CalleeKind,
  kindsOf,
  type Named,
  type Pair,
  scanned,
  scannedText,
} from "./pair.ts";
import { inlinedText, type Site } from "./site.ts";

export interface Chosen {
  readonly sites: readonly Site[];
  /** Calls that were passed over, by reason. */
  readonly passedOver: ReadonlyMap<string, number>;
}

/** What one of the sites is to be: each combination comes in turn. */
interface Wanted {
  readonly kind: CalleeKind;
  readonly far: boolean;
  /** Half of the sites stay as they are. */
  readonly broken: "not" | "alone" | "together";
}

const WANTED: readonly Wanted[] = CALLEE_KINDS.flatMap((kind) =>
  [false, true].flatMap((far) =>
    (["not", "not", "alone", "together"] as const).map((broken) => ({ kind, far, broken })),
  ),
);

/** One site of a file, of files by seed; callees of other files where there is an index to find them. */
export function chooseSites(
  root: string,
  index: TreeIndex | undefined,
  { count, seed }: { readonly count: number; readonly seed: number },
): Chosen {
  const files = kernelFiles(root);
  const random = randomFrom(seed);
  const sites: Site[] = [];
  const passedOver = new Map<string, number>();
  const left = [...sample(files, Math.min(files.length, count * 30), seed)];
  const all = WANTED.filter(({ far }) => index !== undefined || !far);
  const quota = new Map(all.map((each) => [each, Math.ceil(count / all.length)]));
  for (const file of left) {
    if (sites.length >= count) break;
    const source = { file, text: readFileSync(join(root, file), "utf8") };
    const open = all.filter((each) => (quota.get(each) ?? 0) > 0);
    const calleeOf = calleesIn(source, root, index);
    const found = siteAmong(callsIn(source), open, { random, passedOver }, calleeOf);
    if (!found) continue;
    quota.set(found.wanted, (quota.get(found.wanted) ?? 0) - 1);
    sites.push(found.site);
  }
  return { sites, passedOver };
}

interface Drawing {
  readonly random: () => number;
  readonly passedOver: Map<string, number>;
}

/** Calls of a file that are looked into. */
const MAX_CALLS = 60;

function siteAmong(
  calls: readonly CallIn[],
  open: readonly Wanted[],
  { random, passedOver }: Drawing,
  calleeOf: (named: Named) => Scanned | undefined,
): { readonly wanted: Wanted; readonly site: Site } | undefined {
  const [seed, order] = [random(), random()].map((each) => Math.floor(each * 2 ** 32));
  const wishes = sample(open, open.length, order ?? 0);
  for (const { caller, name, nth } of sample(calls, MAX_CALLS, seed ?? 0)) {
    const isOwn = scannedText(caller.source.text).functions.some((each) => each.name === name);
    if (!wishes.some(({ far }) => far !== isOwn)) continue;
    const callee = calleeOf({ source: caller.source, name });
    const kinds = callee ? kindsOf(callee) : [];
    for (const wanted of wishes.filter(({ kind }) => kinds.includes(kind))) {
      if (!callee || wanted.far !== (callee.source.file !== caller.source.file)) continue;
      const pair = { caller, callee: { source: callee.source, name }, nth, kind: wanted.kind };
      const isBroken = wanted.broken !== "not";
      const breaks = isBroken ? breaksOf(pair) : [];
      const mistake = oneOf(
        breaks.filter(({ together }) => together === (wanted.broken === "together")),
        random,
      );
      if (isBroken && !mistake) continue;
      const site = { pair, mistake };
      const reason = whyNot(site);
      if (reason === undefined) return { wanted, site };
      passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);
    }
  }
  return undefined;
}

/** Each kind is as likely as another, however many places it has. */
function oneOf(breaks: readonly Break[], random: () => number): Break | undefined {
  const names = [...new Set(breaks.map(({ name }) => name))];
  const name = names[Math.floor(random() * names.length)];
  const those = breaks.filter((each) => each.name === name);
  return those[Math.floor(random() * those.length)];
}

function whyNot(site: Site): string | undefined {
  try {
    inlinedText(site);
    return undefined;
  } catch (error) {
    if (error instanceof PassedOver) return error.message;
    throw error;
  }
}

const MANY_FILES = 50;

interface CallIn extends Pick<Pair, "caller" | "nth"> {
  readonly name: string;
}

/** The calls in a file whose callers it defines once. */
function callsIn(source: CFile): readonly CallIn[] {
  const { code, functions } = scannedText(source.text);
  const isTwice = (name: string) => functions.filter((each) => each.name === name).length > 1;
  return functions.flatMap((each) => {
    if (isTwice(each.name)) return [];
    const counts = new Map<string, number>();
    return callsOf(code, each).flatMap(({ name }) => {
      const nth = counts.get(name) ?? 0;
      counts.set(name, nth + 1);
      return name === each.name ? [] : [{ caller: { source, name: each.name }, name, nth }];
    });
  });
}

/** Tells the one function that a call means, in the file or anywhere in the tree. */
function calleesIn(
  source: CFile,
  root: string,
  index: TreeIndex | undefined,
): (named: Named) => Scanned | undefined {
  const own = new Set(scannedText(source.text).functions.map(({ name }) => name));
  const textAt = ofRecent(MANY_FILES, (path: string) => readFileSync(join(root, path), "utf8"));
  return (named) => {
    if (own.has(named.name)) return scanned(named);
    const [path, ...others] = index ? definersOf(index, named.name, source.file).paths : [];
    if (path === undefined || others.length > 0 || !path.endsWith(".c")) return undefined;
    return scanned({
      source: { file: path, text: textAt(path) },
      name: named.name,
    });
  };
}
