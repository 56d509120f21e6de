import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin, RolldownOptions } from "rolldown";

/** Packages that no command needs as it starts, or that read files of their own; they are found at run time. */
const FOUND_AT_RUN_TIME = /^(?:@viz-js\/viz|fast-check|jiti|postal-mime|tree-sitter-c|web-tree-sitter|zod)$/;

const PROGRAM = "cli/program.ts";

/** Files of the command's bundle, each with all that these modules load: opening many small ones takes long. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  program: [
    PROGRAM,
    "cli/commands/explore.ts",
    "counterexamples/explain/explain.ts",
    "model/scenarios/madvise/index.ts",
    "reports/text/explore.ts",
  ],
  scenarios: ["batched-flush", "batch-callers", "ptl-protocol"].map(
    (folder) => `model/scenarios/${folder}/index.ts`,
  ),
  check: [
    "cli/commands/check.ts",
    "cli/commands/index-tree.ts",
    "cli/commands/gate.ts",
    "reports/text/check.ts",
    "reports/text/gate.ts",
  ],
};

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

function loadedBy(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const missing = roots.find((root) => !existsSync(root));
  if (missing !== undefined) throw new Error(`${missing}, which the bundle is made from, is not there`);
  const loaded = new Set(roots.map((root) => resolve(root)));
  for (const id of loaded) for (const each of modules.getModuleInfo(id)?.importedIds ?? []) loaded.add(each);
  return loaded;
}

/** Puts into a file what its roots load and no file before it holds. */
function groupOf([name, roots]: readonly [string, readonly string[]], position: number) {
  let loaded: ReadonlySet<string> | undefined;
  const holds = (id: string, modules: Modules) => {
    loaded ??= loadedBy(roots, modules);
    return loaded.has(id);
  };
  const nameOf = (id: string, modules: Modules) => (holds(id, modules) ? name : null);
  return { name: nameOf, debugName: name, priority: Object.keys(FILES).length - position };
}

/** Commander can start programs as subcommands; we have none, and loading what starts them takes a while. */
const withoutSubcommandPrograms: Plugin = {
  name: "without-subcommand-programs",
  resolveId(source, importer) {
    const wanted = source === "node:child_process" && importer?.includes("/commander/") === true;
    return wanted ? "\0no-programs" : null;
  },
  load: (id) => (id === "\0no-programs" ? "export {};" : null),
};

/** Licences of the packages that the bundle holds copies of. */
const licences: Plugin = {
  name: "licences",
  generateBundle() {
    const packages = new Set([...this.getModuleIds()].flatMap((id) => packageOf(id) ?? []));
    const texts = [...packages].sort().map(licenceIn);
    this.emitFile({ type: "asset", fileName: "third-party-licences.txt", source: texts.join("\n\n") });
  },
};

function packageOf(id: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
}

function licenceIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} holds no licence`);
  return `${folder.slice(dirname(folder).length + 1)}\n\n${readFileSync(join(folder, file), "utf8")}`;
}

const common = {
  platform: "node",
  external: FOUND_AT_RUN_TIME,
  checks: { ineffectiveDynamicImport: false },
} satisfies RolldownOptions;

const comments = { legal: true, jsdoc: false, annotation: false };

/** What programs import. */
export const library = {
  ...common,
  input: { index: "index.ts" },
  plugins: [licences],
  output: { dir: "dist", chunkFileNames: "library/[name].js", comments },
} satisfies RolldownOptions;

/** What the command runs: CommonJS, as Node starts it sooner and V8 can keep its code. */
export const command = {
  ...common,
  input: { program: PROGRAM },
  preserveEntrySignatures: "allow-extension",
  plugins: [withoutSubcommandPrograms, licences],
  output: {
    dir: "dist/cli/bundle",
    // Code that V8 kept of other files must not be taken for theirs.
    cleanDir: true,
    format: "cjs",
    // Code that V8 kept cannot import, only require.
    dynamicImportInCjs: false,
    chunkFileNames: "[name].js",
    codeSplitting: { groups: Object.entries(FILES).map(groupOf) },
    comments,
  },
} satisfies RolldownOptions;

/** Tells Node that the command is CommonJS, unlike the package. */
const commonJs: Plugin = {
  name: "common-js",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "package.json", source: '{ "type": "commonjs" }\n' });
  },
};

/** A file that holds all it needs: opening another takes a while. */
function alone(name: string, input: string) {
  return {
    ...common,
    input: { [name]: input },
    plugins: [commonJs],
    output: { dir: "dist/cli", format: "cjs", comments },
  } satisfies RolldownOptions;
}

export const start = alone("main", "cli/start/start.ts");
export const keepCode = alone("keep-code", "cli/start/keep-code.ts");
/** What the threads run that read a tree. */
export const indexWorker = alone("index-worker", "tree/index/worker.ts");

export default [library, command, start, keepCode, indexWorker];
