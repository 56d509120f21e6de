import { createRequire } from "node:module";
import { Language, Parser, type Tree } from "web-tree-sitter";

/** Parses the body of a function. */
export interface CParser {
  /** The tree of `{ body }` as it stands in `void f() { body }`; the caller deletes it. Throws for one too long. */
  parse(body: string): Tree;
}

/** What is put before a body to make it a function. */
export const HEAD = "void f() ";

/** In characters: many times any function's of the kernel. Running out of memory, the parser is lost for good. */
const LONGEST_BODY = 2_000_000;

let loading: Promise<CParser> | undefined;

/** The one parser of this process; its WebAssembly is loaded on the first call. */
export function loadParser(): Promise<CParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<CParser> {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve("tree-sitter-c/tree-sitter-c.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return {
    parse(body) {
      if (body.length > LONGEST_BODY) throw new Error(`longer than ${LONGEST_BODY} characters`);
      const tree = parser.parse(HEAD + body);
      if (!tree) throw new Error("the C parser was cancelled");
      return tree;
    },
  };
}
