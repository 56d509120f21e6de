import { createRequire } from "node:module";
import type { Tree } from "web-tree-sitter";

/** Parses the body of a function. */
export interface CParser {
  /** The tree of `{ body }` as it stands in `void f() { body }`; the caller deletes it. */
  parse(body: string): Tree;
}

/** What is put before a body to make it a function. */
export const HEAD = "void f() ";

let loading: Promise<CParser> | undefined;

/** The one parser of this process; its WebAssembly is loaded on the first call. */
export function loadParser(): Promise<CParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<CParser> {
  const { Language, Parser } = await import("web-tree-sitter");
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve("tree-sitter-c/tree-sitter-c.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return {
    parse(body) {
      const tree = parser.parse(HEAD + body);
      if (!tree) throw new Error("the C parser was cancelled");
      return tree;
    },
  };
}
