import { filesOf } from "../check/files.ts";
import { diffOf } from "../mutate/diff.ts";
import { kinds } from "../mutate/kind.ts";
import { sample } from "../mutate/random.ts";
import { type CFile, mutate, readFolder, sitesOf } from "../mutate/site.ts";
import { preservingKinds } from "../preserve/edit-kind.ts";
import { gitDiff } from "../preserve/git-diff.ts";
import { preserve, rewritesOf } from "../preserve/rewrite.ts";

/** One run of the program: its words, and the patch that it reads where it is a run of the gate. */
export interface Input {
  readonly name: string;
  readonly words: readonly string[];
  readonly patch?: string;
}

/** The folders of the kernel whose files are checked, one run a folder. */
const FOLDERS = ["mm", "fs", "kernel"];

export function checkInputs(tree: string): readonly Input[] {
  return FOLDERS.map((folder) => ({
    name: `check ${folder}/*.c`,
    words: ["check", "--audit", "--json", "--tree", tree, ...filesOf(tree, folder)],
  }));
}

/** As many mutants and harmless edits of each kind as asked for, chosen by the seed, as patches to mm/. */
export function gateInputs(tree: string, count: number, seed: number): readonly Input[] {
  const files = readFolder(tree, "mm");
  return [...mutants(files, count, seed), ...harmlessEdits(files, count, seed)].map((each) => ({
    ...each,
    words: ["gate", "--format", "json", "--tree", tree],
  }));
}

type Patch = Required<Pick<Input, "name" | "patch">>;

const mutants = (files: readonly CFile[], count: number, seed: number): readonly Patch[] =>
  kinds.flatMap((kind) => {
    const sites = files.flatMap((file) => sitesOf(file, kind)).filter(({ harmless }) => !harmless);
    return sample(sites, count, seed).map((site) => ({
      name: `${kind.name}: ${site.source.file}:${site.line}`,
      patch: diffOf(site.source.file, site.source.text, mutate(site)),
    }));
  });

const harmlessEdits = (files: readonly CFile[], count: number, seed: number): readonly Patch[] =>
  preservingKinds.flatMap((kind) => {
    const rewrites = files.flatMap((file) => rewritesOf(file, kind));
    return sample(rewrites, count, seed).map((rewrite) => ({
      name: `${kind.name}: ${rewrite.source.file}: ${rewrite.function}()`,
      patch: gitDiff(rewrite.source.file, rewrite.source.text, preserve(rewrite)),
    }));
  });
