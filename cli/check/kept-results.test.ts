import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { bundleFrom } from "../../tree/cache/bundle.ts";
import { openStore } from "../../tree/cache/store.ts";
import { makeTree, writeFiles } from "../../tree/testing/tree.ts";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const FILES = 10;
/** Helpers stand in files of their own, which a check of the first folder asks for by the tree alone. */
const FOLDERS = ["b", "c", "d"];
const pathOf = (at: number) => `${FOLDERS[at % FOLDERS.length]}/f${at}.c`;
const userPath = (at: number) => `a/u${at}.c`;

/** What the helper of a file does; `HELP` is that of another file. */
const BODIES = [
  "\tb->n++;\n",
  "\tspin_lock(&b->lock);\n",
  "\tspin_unlock(&b->lock);\n",
  "\tspin_lock(&b->lock);\n\tspin_unlock(&b->lock);\n",
  "\tmsleep(1);\n",
  "\tHELP(b);\n",
  "\tHELP(b);\n\tHELP(b);\n",
  "\tBOX_TAKE(b);\n",
  "\tif (b->n)\n\t\tmutex_lock(&b->mutex);\n\tHELP(b);\n",
] as const;

interface Source {
  readonly body: string;
  /** The files whose helpers are called: by the helper, and by the function beside it. */
  readonly calls: readonly [number, number];
  readonly isStatic: boolean;
  readonly includes: boolean;
}

const source: fc.Arbitrary<Source> = fc.record({
  body: fc.constantFrom(...BODIES),
  calls: fc.tuple(fc.nat(FILES - 1), fc.nat(FILES - 1)),
  isStatic: fc.boolean(),
  includes: fc.boolean(),
});

function filesOf(at: number, { body, calls: [inner, outer], isStatic, includes }: Source) {
  const head = includes ? `#include "box.h"\n` : "";
  const helper = `void help${at}(struct box *b)\n{\n${body.replaceAll("HELP", `help${inner}`)}}\n`;
  const own = isStatic ? `static void own${at}(struct box *b)\n{\n\thelp${outer}(b);\n}\n` : "";
  const called = isStatic ? `own${at}` : `help${outer}`;
  const user = `int use${at}(struct box *b)\n{\n\tspin_lock(&b->lock);\n\t${called}(b);\n\tspin_unlock(&b->lock);\n\treturn 0;\n}\n`;
  return { [pathOf(at)]: head + helper, [userPath(at)]: head + own + user };
}

const filesOfAll = (sources: readonly Source[]): Readonly<Record<string, string>> =>
  Object.assign({}, ...sources.map((each, at) => filesOf(at, each)));

const HEADERS = [
  "#define BOX_TAKE(b) spin_lock(&(b)->lock)\n",
  "#define BOX_TAKE(b) spin_unlock(&(b)->lock)\n",
  "static inline void BOX_TAKE(struct box *b)\n{\n\tspin_lock(&b->lock);\n}\n",
  "",
];

type Edit =
  | { readonly kind: "text"; readonly at: number; readonly source: Source }
  | { readonly kind: "gone"; readonly at: number }
  | { readonly kind: "header"; readonly folder: string; readonly text: string };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("text" as const), at: fc.nat(FILES - 1), source }) },
  fc.record({ kind: fc.constant("gone" as const), at: fc.nat(FILES - 1) }),
  fc.record({
    kind: fc.constant("header" as const),
    folder: fc.constantFrom(...FOLDERS, "include"),
    text: fc.constantFrom(...HEADERS),
  }),
);

function apply(root: string, change: Edit): void {
  if (change.kind === "gone") rmSync(join(root, pathOf(change.at)), { force: true });
  else if (change.kind === "header") writeFiles(root, { [`${change.folder}/box.h`]: change.text });
  else writeFiles(root, filesOf(change.at, change.source));
}

function keptIn(): string {
  const cache = temporaryFolder();
  vi.stubEnv("HOLDFAST_CACHE", cache);
  onTestFinished(() => void vi.unstubAllEnvs());
  return cache;
}

const check = (root: string, ...words: readonly string[]) =>
  runCli("check", join(root, "a"), "--json", ...words);

test("what is kept is what would be made, after any change of the tree", async () => {
  keptIn();
  const sources = fc.array(source, { minLength: FILES, maxLength: FILES });
  await fc.assert(
    fc.asyncProperty(
      sources,
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (all, edits, inTree) => {
        const root = makeTree(filesOfAll(all));
        const words = inTree ? ["--tree", root] : [root, "--audit"];
        await check(root, ...words);
        for (const each of edits) {
          apply(root, each);
          expect(await check(root, ...words)).toEqual(await check(root, "--no-cache", ...words));
        }
      },
    ),
    { numRuns: 8 },
  );
});

/** The files of which results were kept, by bundles. */
function bundles(cache: string): readonly (readonly string[])[] {
  const store = openStore(join(cache, "check-1"));
  const keys = readdirSync(store.directory).flatMap((folder) =>
    readdirSync(join(store.directory, folder)).map((name) => folder + name),
  );
  return keys.flatMap((key) => {
    const bytes = store.readBytes(key);
    if (!bytes || bytes[0] === "[".charCodeAt(0)) return [];
    return [bundleFrom(bytes).names.map((each) => each.replace(/^.*\/u(\d+)\.c$/s, "$1"))];
  });
}

test("the second time nothing is made, and after a change what may be another", async () => {
  const cache = keptIn();
  const plain: Source = { body: BODIES[0], calls: [0, 0], isStatic: false, includes: false };
  const all: Source[] = Array.from({ length: FILES }, (_, at) => ({ ...plain, calls: [at, at] }));
  // use3() calls help4(), which calls help5(), each in another folder.
  all[3] = { ...plain, calls: [3, 4] };
  all[4] = { ...plain, body: BODIES[5], calls: [5, 6] };
  const root = makeTree(filesOfAll(all));
  const first = await check(root, "--tree", root);
  expect(await check(root, "--tree", root)).toEqual(first);
  expect(bundles(cache).map((each) => each.length)).toEqual([FILES]);
  writeFiles(root, { [pathOf(5)]: filesOf(5, { ...plain, body: BODIES[1] })[pathOf(5)] ?? "" });
  expect(await check(root, "--tree", root)).toEqual(await check(root, "--tree", root, "--no-cache"));
  const [changed] = bundles(cache).filter((each) => each.length < FILES);
  expect(changed).toEqual(["3", "5"]);
});
