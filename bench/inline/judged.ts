import { join } from "node:path";
import { type CheckResult, checkSource } from "../../functions/check.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import { InTree } from "../../functions/in-tree.ts";
import { oneForEachMistake } from "../../functions/mistakes.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { changedFiles } from "../../tree/changed-files.ts";
import { factsOf } from "../../tree/index/scan.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import { NearFiles } from "../../tree/near-files.ts";
import { NearbyFiles } from "../../tree/nearby.ts";

/** What check says of some functions of a file. */
export type Judgement = CheckResult & { readonly left: readonly string[] };

/** A tree whose files are judged as they stand, but for some that have another text. */
export class JudgedTree {
  readonly #root: string;
  readonly #index: TreeIndex | undefined;
  readonly #files: NearFiles;

  constructor(root: string, index: TreeIndex | undefined) {
    this.#root = root;
    this.#index = index;
    this.#files = new NearFiles(root);
  }

  /** As `check --tree --audit` does, less what is found of their callers. */
  judge(
    texts: ReadonlyMap<string, string>,
  ): (file: string, functions: readonly string[]) => Promise<Judgement> {
    const root = this.#root;
    const nearby = new NearbyFiles(root, [], changedFiles(this.#files, root, texts));
    const index = this.#index && withTexts(this.#index, texts);
    const tree = index && new InTree(index as TreeIndex, root, nearby, tableKnowledge);
    const elsewhere = new Elsewhere(nearby, tableKnowledge, tree && (async () => tree));
    return async (file, functions) => {
      const path = join(root, file);
      const text = texts.get(file) ?? nearby.fileAt(path)?.text ?? "";
      const { headers, knowledge, left } = await elsewhere.about({ path, text }, functions);
      const options = { audit: true, causes: true, functions, headers, knowledge };
      const result = await checkSource({ file, text }, options);
      return { ...result, findings: oneForEachMistake(result.findings), left };
    };
  }
}

/** The index of a tree some of whose files have another text. */
function withTexts(index: TreeIndex, texts: ReadonlyMap<string, string>): Pick<TreeIndex, "definitions"> {
  const facts = [...texts].map(([path, text]) => factsOf(path, text));
  return {
    definitions: (name) => [
      ...index.definitions(name).filter(({ path }) => !texts.has(path)),
      ...facts.flatMap(({ path, definitions }) =>
        definitions.filter((each) => each.name === name).map((each) => ({ ...each, path })),
      ),
    ],
  };
}
