import { join } from "node:path";
import { type CheckOptions, checkSource } from "../../functions/check.ts";
import { Elsewhere } from "../../functions/elsewhere.ts";
import type { Finding } from "../../functions/finding.ts";
import { gate } from "../../gate/gate.ts";
import { readMails } from "../../gate/intake/mails.ts";
import { tableKnowledge } from "../../model/c/knowledge/index.ts";
import { NearbyFiles } from "../../tree/nearby.ts";
import { directoryTree } from "../../tree/tree.ts";
import { diffOf } from "./diff.ts";
import { mutate, type Site } from "./site.ts";

/** Whether what is made of a site is found out: by the right rule, in that function, absent before. */
export type Catcher = (site: Site) => Promise<boolean>;

/** By `check --audit`, less what it says of the clean file. */
export function byCheck(): Catcher {
  const clean = new Map<string, Promise<readonly Finding[]>>();
  const before = (site: Site, functions: readonly string[] | undefined) => {
    const key = `${site.source.file} ${functions?.join() ?? ""}`;
    const known = clean.get(key) ?? check(site, site.source.text, withHints(functions));
    clean.set(key, known);
    return known;
  };
  const found = async (site: Site, functions?: readonly string[]) =>
    newFindings(site, await before(site, functions), await check(site, mutate(site), withHints(functions)));
  // The function alone is quick to check; what the file's other functions do can take hints away.
  return async (site) => {
    const alone = await found(site, [site.function]);
    if (alone.some(({ confidence }) => confidence === "hard")) return true;
    return alone.length > 0 && (await found(site)).length > 0;
  };
}

const withHints = (functions: readonly string[] | undefined): CheckOptions => ({
  audit: true,
  ...(functions && { functions }),
});

const check = async ({ source }: Site, text: string, options: CheckOptions) =>
  (await checkSource({ file: source.file, text }, options)).findings;

/** By `check` without hints, with the headers and the sources near the file, less what it says of the clean file. */
export function byPlainCheck(directory: string): Catcher {
  const clean = new Map<string, Promise<readonly Finding[]>>();
  const elsewhere = new Elsewhere(new NearbyFiles(directory, []), tableKnowledge);
  const find = async (site: Site, text: string) => {
    const path = join(directory, site.source.file);
    const { headers, knowledge } = await elsewhere.about({ path, text });
    return check(site, text, { headers, knowledge });
  };
  return async (site) => {
    const before = clean.get(site.source.file) ?? find(site, site.source.text);
    clean.set(site.source.file, before);
    return newFindings(site, await before, await find(site, mutate(site))).length > 0;
  };
}

/** Compared as a multiset: a second finding that looks like an old one is new. */
function newFindings(site: Site, before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const isRight = (each: Finding) => each.function === site.function && site.rules.includes(each.rule);
  const count = (all: readonly Finding[], id: string) => all.filter((each) => each.id === id).length;
  return after.filter((each) => isRight(each) && count(after, each.id) > count(before, each.id));
}

/**
 * By a new finding of the gate in that function or one that calls it, where the mutation comes as a patch to a
 * tree. Callers are looked for beside the file alone.
 */
export function byGate(directory: string): Catcher {
  const tree = directoryTree(directory);
  return async (site) => {
    const patch = diffOf(site.source.file, site.source.text, mutate(site));
    const set = await readMails("mutant.patch", Buffer.from(patch));
    const found = (await gate(set, { tree, wholeTree: false })).new;
    return found.some(({ rule, alsoViolates }) =>
      [rule, ...alsoViolates].some((each) => site.rules.includes(each)),
    );
  };
}
