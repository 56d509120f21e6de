import type { Expr } from "../ast.ts";
import { readAssignment } from "./expression.ts";
import { ASSIGN, CLOSE_BRACE, COMMA, DOT, INDEX, INDEX_END, OPEN_BRACE } from "./marks.ts";
import type { Reader } from "./reader.ts";
import { END, unsure } from "./tokens.ts";

/** An initialiser, or an expression. */
export function readInitializer(reader: Reader): Expr {
  return reader.kind() === OPEN_BRACE ? readList(reader) : readAssignment(reader);
}

export function readList(reader: Reader): Expr {
  return reader.nested(() => {
    reader.expect(OPEN_BRACE);
    const items: Expr[] = [];
    while (reader.kind() !== CLOSE_BRACE) {
      skipDesignators(reader);
      items.push(readInitializer(reader));
      if (!reader.skipIf(COMMA) && reader.kind() !== CLOSE_BRACE) unsure();
      if (reader.kind() === END) unsure();
    }
    reader.skip();
    return { kind: "list", items };
  });
}

function skipDesignators(reader: Reader): void {
  let found = false;
  for (let kind = reader.kind(); kind === DOT || kind === INDEX; kind = reader.kind()) {
    found = true;
    if (kind === INDEX) reader.skipBalanced(INDEX, INDEX_END);
    else reader.skip(2);
  }
  if (found) reader.expect(ASSIGN);
}
