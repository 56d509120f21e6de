import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { systemCode } from "../../model/files/system-error.ts";

/** What the main file of the bundle exports. */
export type Program = typeof import("../program.ts");

/** The file that keeps what V8 made of a file of the bundle. */
export const keptCodeOf = (path: string): string => `${path}.code`;

/** Loads files of the bundle, each once. */
export interface Loader {
  /** What the CommonJS module exports. */
  load<Exports>(path: string): Exports;
  readonly scripts: ReadonlyMap<string, Script>;
}

/**
 * Starts from code that was compiled when the bundle was made: compiling takes longer than a small search. V8
 * itself refuses code of another version, and compiles the text instead.
 */
export function loader(): Loader {
  const modules = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, Script>();
  const load = <Exports>(path: string): Exports => {
    const known = modules.get(path);
    if (known) return known.exports as Exports;
    const module = { exports: {} as Exports };
    modules.set(path, module);
    const script = compiled(path);
    scripts.set(path, script);
    const directory = dirname(path);
    const installed = createRequire(path);
    const require = (request: string) =>
      request.startsWith("./") ? load(join(directory, request)) : installed(request);
    script.runInThisContext()(module.exports, require, module, path, directory);
    return module.exports;
  };
  return { load, scripts };
}

function compiled(path: string): Script {
  const text = readFileSync(path, "utf8");
  const cachedData = keptCode(path);
  return new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: path,
    ...(cachedData && { cachedData }),
  });
}

function keptCode(path: string): Buffer | undefined {
  try {
    return readFileSync(keptCodeOf(path));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
