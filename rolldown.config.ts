import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin, RolldownOptions } from "rolldown";

/** Packages that no command needs as it starts, or that read files of their own; they are found at run time. */
const FOUND_AT_RUN_TIME = /^(?:@viz-js\/viz|fast-check|jiti|postal-mime|tree-sitter-c|web-tree-sitter|zod)$/;

const MAIN = resolve("cli/main.ts");

/** Files of the bundle, each with all that these modules load: opening many small ones is most of a short run. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  explore: [MAIN, "cli/commands/explore.ts", "counterexamples/explain/explained.ts"],
  scenarios: ["madvise", "batched-flush", "batch-callers", "ptl-protocol"].map(
    (folder) => `model/scenarios/${folder}/index.ts`,
  ),
  check: ["cli/commands/check.ts", "cli/commands/gate.ts"],
};

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

function loadedBy(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const loaded = new Set(roots.map((root) => resolve(root)));
  for (const id of loaded) for (const each of modules.getModuleInfo(id)?.importedIds ?? []) loaded.add(each);
  return loaded;
}

/** Puts into a file what its roots load and no file before it holds. The entry, which waits for commands, stays alone. */
function groupOf([name, roots]: readonly [string, readonly string[]], position: number) {
  let loaded: ReadonlySet<string> | undefined;
  const holds = (id: string, modules: Modules) => {
    loaded ??= loadedBy(roots, modules);
    return id !== MAIN && loaded.has(id);
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

export default {
  input: { index: "index.ts", "cli/main": MAIN },
  platform: "node",
  external: FOUND_AT_RUN_TIME,
  plugins: [withoutSubcommandPrograms, licences],
  checks: { ineffectiveDynamicImport: false },
  output: {
    dir: "dist",
    entryFileNames: "[name].js",
    comments: { legal: true, jsdoc: false, annotation: false },
    chunkFileNames: "bundle/[name].js",
    codeSplitting: { groups: Object.entries(FILES).map(groupOf) },
  },
} satisfies RolldownOptions;
