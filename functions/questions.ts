import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import type { NearFile } from "../tree/near-files.ts";
import type { Nearby, NearbyFiles } from "../tree/nearby.ts";
import type { AskedFile } from "./asked-file.ts";
import { calledBesideLocks } from "./beside-locks.ts";
import { type InTree, whyUnclear } from "./in-tree.ts";
import { definersNear, isOpen } from "./named-near.ts";

/** Opens the index of the tree. */
export type RestOfTree = () => Promise<
  Pick<InTree, "definersOf" | "locksTakenIn" | "maySleepIn" | "namesOf">
>;

/** What is asked of a function that another file defines. */
export interface Question {
  readonly name: string;
  /** One, or several of which nothing tells which is meant. */
  readonly definers: readonly NearFile[];
  /** Only the tree has it. */
  readonly isFar: boolean;
  /** Does it change a lock, or only take one that its caller may hold, and give it back? */
  readonly effect: "changes" | "retakes" | undefined;
  /** How does it come to sleep? */
  readonly sleeps: boolean;
  /** The last words of the locks that are taken beside its calls: it may take one of these. */
  readonly locks: ReadonlySet<string>;
}

/** A source that is asked about, with what stands near it. */
export interface Opened {
  readonly source: NearFile;
  readonly unit: Unit;
  readonly nearby: Nearby;
  /** The functions that it is opened for. */
  readonly asked: readonly UnitFunction[];
  /** What is not known of the functions that it calls. */
  readonly left: string[];
}

/** What of the functions that it calls is of interest. */
export interface Interest {
  /** Names of which to ask how they come to sleep. */
  readonly asleep: ReadonlySet<string>;
  /** The last words of locks that its callers hold. */
  readonly locks: ReadonlySet<string>;
}

/** Where answers come from. */
export interface Sources {
  readonly files: NearbyFiles;
  readonly base: Knowledge;
  readonly tree: RestOfTree | undefined;
  readonly ask: (file: NearFile) => AskedFile;
}

/** Files that define one name: of more, nothing is said. */
const MAX_DEFINERS = 8;

/** What there is to ask of functions of other files that a source calls. */
export async function questionsIn(
  opened: Opened,
  interest: Interest,
  sources: Sources,
): Promise<readonly Question[]> {
  const { source, unit, nearby, asked } = opened;
  const own = new Set([...unit.functions.map(({ name }) => name), ...unit.macros.names]);
  const beside = calledBesideLocks(asked, sources.base);
  const about = (name: string) => ({
    name,
    sleeps: interest.asleep.has(name),
    locks: new Set([...(beside.get(name) ?? []), ...interest.locks]),
  });
  const near: Question[] = [];
  const rest: string[] = [];
  for (const name of new Set(asked.flatMap(({ calls }) => [...calls]))) {
    if (own.has(name) || !isOpen(name, sources.base)) continue;
    const [definer, ...others] = definersNear(name, source, nearby);
    if (!definer) rest.push(name);
    if (!definer || others.length > 0) continue;
    const { locks, ...each } = about(name);
    const changes = mayLock(name, definer, nearby, sources);
    const retakes = !changes && (await mayRetake(name, definer, locks, sources));
    const effect = changes ? "changes" : retakes ? "retakes" : undefined;
    if (effect || each.sleeps) near.push({ ...each, definers: [definer], isFar: false, effect, locks });
  }
  const far = rest.length > 0 && sources.tree ? await farQuestions(rest.map(about), opened, sources) : [];
  return [...near, ...far];
}

type About = Pick<Question, "name" | "sleeps" | "locks">;

async function farQuestions(
  names: readonly About[],
  { source, left }: Opened,
  { files, tree }: Sources,
): Promise<readonly Question[]> {
  const index = await tree?.();
  if (!index) return [];
  return names.flatMap(({ name, sleeps, locks }) => {
    const found = index.definersOf(name, source.path);
    const { paths } = found;
    const definers = paths.length > MAX_DEFINERS ? [] : paths.flatMap((path) => files.fileAt(path) ?? []);
    const retakes = () => locks.size > 0 && haveOneIn(found.locksTaken, locks);
    const effect = found.mayChange ? "changes" : retakes() ? "retakes" : undefined;
    if (definers.length === 0) {
      if (effect === "changes") left.push(whyUnclear(name, index.namesOf(paths)));
      return [];
    }
    // What changes a lock may sleep where its caller's is given up.
    const asleep = sleeps && effect !== "changes" && found.maySleep;
    return effect || asleep ? [{ name, definers, isFar: true, effect, sleeps: asleep, locks }] : [];
  });
}

function mayLock(name: string, definer: NearFile, nearby: Nearby, { base, ask }: Sources): boolean {
  const { isOneSided, outline } = ask(definer);
  if (isOneSided(name)) return true;
  return (outline.callsOf(name) ?? []).some((each) => {
    const [next, ...others] = isOpen(each, base) ? definersNear(each, definer, nearby) : [];
    return next !== undefined && others.length === 0 && ask(next).isOneSided(each);
  });
}

/** Whether it takes a lock of a name that is taken beside its call; by functions of further files, where a tree has them. */
async function mayRetake(
  name: string,
  definer: NearFile,
  locks: ReadonlySet<string>,
  { ask, tree }: Sources,
): Promise<boolean> {
  if (locks.size === 0) return false;
  const taken = tree ? (await tree()).locksTakenIn(definer.path, name) : ask(definer).locksTaken(name);
  return haveOneIn(taken, locks);
}

const haveOneIn = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((each) => others.has(each));
