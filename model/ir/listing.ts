import type { ListingLine, Statement } from "./procedure.ts";

/** A listing, and the line of each statement in it. */
export interface Numbered {
  readonly listing: readonly ListingLine[];
  readonly lines: ReadonlyMap<Statement, number>;
}

/**
 * Gives each statement its line, in the order in which a reader meets them, behind the lines before. No
 * statement may stand twice.
 */
export function number(body: readonly Statement[], before: readonly ListingLine[]): Numbered {
  const listing = [...before];
  const lines = new Map<Statement, number>();
  enumerate(body, 0, listing, lines);
  return { listing, lines };
}

function enumerate(
  body: readonly Statement[],
  depth: number,
  listing: ListingLine[],
  lines: Map<Statement, number>,
): void {
  for (const statement of body) {
    const line = listing.length + 1;
    lines.set(statement, line);
    listing.push({ line, depth, text: textOf(statement) });
    enumerateInner(statement, depth, listing, lines);
  }
}

/** What a branch does is set off from what the one before it does by a line of its own. */
function enumerateInner(
  statement: Statement,
  depth: number,
  listing: ListingLine[],
  lines: Map<Statement, number>,
): void {
  if (statement.kind === "loop") enumerate(statement.body, depth + 1, listing, lines);
  if (statement.kind !== "step") return;
  const branches = statement.alternatives.filter(({ follow = [] }) => follow.length > 0);
  branches.forEach(({ name, follow = [] }, position) => {
    const text = name === undefined || name === "false" ? "else" : `else /* ${name} */`;
    if (position > 0) listing.push({ line: listing.length + 1, depth, text });
    enumerate(follow, depth + 1, listing, lines);
  });
}

/** A statement's own line of a listing. */
export function textOf(statement: Statement): string {
  switch (statement.kind) {
    case "label":
      return `${statement.name}:`;
    case "goto":
      return `goto ${statement.name};`;
    case "break":
    case "continue":
      return `${statement.kind};`;
    default:
      return statement.text;
  }
}
