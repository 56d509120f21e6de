import type { CParser } from "../parser.ts";
import { HEAD } from "../parser.ts";
import { normalise } from "../source/normalise.ts";
import type { Stmt } from "./ast.ts";
import { convertBody } from "./convert.ts";
import { copyTree } from "./tree.ts";

/** Parses a function body whose comments and directives are blanked; `offset` is where it starts in its file. */
export function parseBody(parser: CParser, body: string, offset: number): readonly Stmt[] {
  const { text, macros } = normalise(body);
  const tree = parser.parse(text);
  const root = copyTree(tree);
  const broken = tree.rootNode.hasError;
  tree.delete();
  const shifted = new Map([...macros].map(([at, name]) => [at + HEAD.length, name]));
  return convertBody(root, { text: HEAD + text, shift: offset - HEAD.length, macros: shifted, broken });
}
