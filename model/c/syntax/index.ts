import { NotModelled, withinStack } from "../../not-modelled.ts";
import { type Normalised, normalise } from "../source/normalise.ts";
import type { Stmt } from "./ast.ts";
import { convertBody } from "./convert.ts";
import { deepestIn } from "./deepest.ts";
import { type CParser, HEAD, loadParser } from "./grammar.ts";
import { Reader } from "./handwritten/reader.ts";
import { readBlock } from "./handwritten/statement.ts";
import { copyTree } from "./tree.ts";

/** In characters: twice any function's of the kernel. */
const LONGEST_BODY = 500_000;
/**
 * What goes by the grammar may be as long as this: its time grows with the square of what it cannot read. Running out of
 * memory, it is lost for good.
 */
const LONGEST_BY_GRAMMAR = 120_000;

/**
 * Parses a function body whose comments and directives are blanked; `offset` is where it starts in its file.
 * The grammar, which takes a while to load, is loaded for the first body that needs it.
 * @throws NotModelled for one that is too long, or nested too deeply.
 */
export async function parseBody(body: string, offset: number): Promise<readonly Stmt[]> {
  if (body.length > LONGEST_BODY) throw new NotModelled({ kind: "too long", most: LONGEST_BODY });
  const normalised = withinStack(() => normalise(body));
  const { text, macros } = normalised;
  const plain = withinStack(() => parseByHand(text, offset, macros));
  if (plain) return plain;
  if (body.length > LONGEST_BY_GRAMMAR) throw new NotModelled({ kind: "too long", most: LONGEST_BY_GRAMMAR });
  const parser = await loadParser();
  return parseByGrammar(parser, normalised, offset);
}

/**
 * Reads a normalised function body without the grammar, which costs ten times as much. Undefined where it
 * is not plainly C: a definition in the body, text that no rule covers, an ambiguity that a type's
 * declaration would settle. Where it gives statements, they are those that the grammar gives.
 */
export function parseByHand(
  body: string,
  offset: number,
  macros: ReadonlyMap<number, string>,
): readonly Stmt[] | undefined {
  try {
    const reader = new Reader(body, offset, macros);
    const block = readBlock(reader);
    return reader.kind() === 0 ? block.body : undefined;
  } catch (error) {
    if (error instanceof NotModelled) return undefined;
    throw error;
  }
}

/** The same by the grammar, which reads all of C and says what it could not read. */
export function parseByGrammar(
  parser: CParser,
  { text, macros }: Normalised,
  offset: number,
): readonly Stmt[] {
  const tree = parser.parse(text);
  const root = copyTree(tree);
  const broken = tree.rootNode.hasError;
  tree.delete();
  const shifted = new Map([...macros].map(([at, name]) => [at + HEAD.length, name]));
  const shift = offset - HEAD.length;
  return withinStack(
    () => convertBody(root, { text: HEAD + text, shift, macros: shifted, broken }),
    () => (deepestIn(root) ?? 0) + shift,
  );
}
