import type { CheckResult } from "../../functions/result.ts";
import { bundleFrom, bytesOfBundle, validTexts } from "../../tree/cache/bundle.ts";
import { digest, keyOf, type Store } from "../../tree/cache/store.ts";
import { type Answer, answered, askedFrom, type Dependencies } from "../../tree/dependencies.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import { Present, stampsOfAsked } from "../../tree/present.ts";
import type { SourceFile } from "./source-files.ts";

/** All that is kept of all checks takes no more, but for what the latest needs. */
const MAX_BYTES = 2 ** 29;
/** Each run that finds some files changed adds one; of more, the smaller half is made anew as one. */
const MAX_BUNDLES = 24;

/** What results are kept for. */
export interface Keeping {
  readonly store: Store;
  /** Whatever a result depends on but for what stands in the tree. */
  readonly about: readonly string[];
  /** Nothing outside is read. */
  readonly root: string;
  /** Where a tree is named. */
  readonly index: (() => Promise<TreeIndex>) | undefined;
  readonly dependencies: Dependencies;
  /** `3/8`, where a part of the files is checked. */
  readonly shard: string | undefined;
}

/** By the names of files, what is kept of them and valid. */
type Valid = ReadonlyMap<string, string>;

/** The results of a check are kept for the next of the same files, which makes those alone that may be others. */
export class KeptResults {
  readonly #keeping: Keeping;
  readonly #started = Date.now();
  /** By the keys of bundles, the oldest first. */
  readonly #bundles: ReadonlyMap<string, Valid>;
  /** The bundle of each file. */
  readonly #bundleOf: ReadonlyMap<string, string>;
  readonly #made = new Map<string, Answer<CheckResult>>();

  private constructor(keeping: Keeping, bundles: ReadonlyMap<string, Valid>) {
    this.#keeping = keeping;
    this.#bundles = bundles;
    this.#bundleOf = new Map(
      [...bundles].flatMap(([key, texts]) => [...texts.keys()].map((name) => [name, key] as const)),
    );
  }

  static async open(keeping: Keeping): Promise<KeptResults> {
    const { store, root, index, shard } = keeping;
    const keys = new Set([...bundlesOf(keeping, undefined), ...bundlesOf(keeping, shard)]);
    const found = [...keys].flatMap((key) => {
      const bytes = store.readBytes(key);
      return bytes ? [{ key, bundle: bundleFrom(bytes) }] : [];
    });
    if (found.length === 0) return new KeptResults(keeping, new Map());
    const present = new Present(root, await index?.());
    const valid = found.map(
      ({ key, bundle }) => [key, validTexts(bundle, present.changedSince(bundle))] as const,
    );
    return new KeptResults(keeping, new Map(withoutSmall(valid)));
  }

  /** How many of some files have no result. */
  missing(files: readonly SourceFile[]): number {
    return files.filter((each) => !this.#bundleOf.has(nameOf(each))).length;
  }

  /** The result of a file: as it is kept, else as it is made. */
  async of(file: SourceFile, make: () => Promise<CheckResult>): Promise<CheckResult> {
    const name = nameOf(file);
    const kept = this.#bundles.get(this.#bundleOf.get(name) ?? "")?.get(name);
    if (kept !== undefined) return JSON.parse(kept) as CheckResult;
    const answer = await answered(this.#keeping.dependencies, make);
    this.#made.set(name, answer);
    return answer.value;
  }

  /** Keeps what was made, beside what of the rest is valid. */
  async save(): Promise<void> {
    const { store, dependencies } = this.#keeping;
    if (this.#made.size === 0) return;
    const used = new Set([...this.#bundleOf].flatMap(([name, key]) => (this.#made.has(name) ? [] : [key])));
    const bytes = dependencies.isTorn ? undefined : await this.#bytesOfMade();
    const made = bytes && keyOf("results", digest(bytes));
    if (made && bytes) store.writeBytes(made, bytes);
    this.#keep([...[...this.#bundles.keys()].filter((key) => used.has(key)), ...(made ? [made] : [])]);
  }

  /** Keeps what other processes kept of parts of the files. */
  saveShards(shards: readonly string[]): void {
    this.#keep([...new Set(shards.flatMap((shard) => bundlesOf(this.#keeping, shard)))]);
  }

  #keep(keys: readonly string[]): void {
    const { store, shard } = this.#keeping;
    const list = listKey(this.#keeping, shard);
    store.write(list, JSON.stringify(keys));
    store.trim(MAX_BYTES, new Set([list, ...keys]));
  }

  async #bytesOfMade(): Promise<Buffer> {
    const { index, dependencies } = this.#keeping;
    const { graph } = dependencies;
    const asksIndex = graph.asked.some((each) => askedFrom(each).kind === "definitions");
    return bytesOfBundle({
      names: [...this.#made.keys()],
      texts: Array.from(this.#made.values(), ({ value }) => JSON.stringify(value)),
      numbers: Int32Array.from(this.#made.values(), ({ number }) => number ?? -1),
      graph,
      stamps: stampsOfAsked(graph, this.#started),
      segments: asksIndex ? ((await index?.())?.segments ?? []) : [],
    });
  }
}

/** Without those that few files are left of, where there are many: their files are checked anew. */
function withoutSmall(bundles: readonly (readonly [string, Valid])[]): readonly (readonly [string, Valid])[] {
  if (bundles.length <= MAX_BUNDLES) return bundles;
  const bySize = [...bundles].sort(([, one], [, other]) => other.size - one.size);
  const large = new Set(bySize.slice(0, MAX_BUNDLES / 2));
  return bundles.filter((each) => large.has(each));
}

/** Under which the keys of bundles are kept. */
const listKey = ({ about }: Keeping, shard: string | undefined): string =>
  keyOf("bundles", ...about, shard ?? "");

function bundlesOf(keeping: Keeping, shard: string | undefined): readonly string[] {
  const text = keeping.store.read(listKey(keeping, shard));
  return text === undefined ? [] : (JSON.parse(text) as string[]);
}

const nameOf = ({ name, path }: SourceFile): string => `${name}\n${path}`;
