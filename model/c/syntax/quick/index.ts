import { NotModelled } from "../../../not-modelled.ts";
import type { Stmt } from "../ast.ts";
import { Reader } from "./reader.ts";
import { readBlock } from "./statement.ts";

/**
 * Reads a normalised function body without the grammar, which costs ten times as much. Undefined where it
 * is not plainly C: a definition in the body, text that no rule covers, an ambiguity that a type's
 * declaration would settle. Where it gives statements, they are those that the grammar gives.
 */
export function parseQuickly(
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
