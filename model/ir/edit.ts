import { textOf } from "./listing.ts";
import type { Statement } from "./procedure.ts";

/** A statement by its line: the `nth` (from 1) that starts with this text, in the order of the listing. */
export interface Spot {
  readonly text: string;
  readonly nth?: number;
}

type Body = readonly Statement[];

/** The body without a statement. Throws, as all edits do, where it has no such statement. */
export const remove = (body: Body, spot: Spot): Body => replace(body, spot, () => []);

export const insertBefore = (body: Body, spot: Spot, ...added: Body): Body =>
  replace(body, spot, (found) => [...added, found]);

export const insertAfter = (body: Body, spot: Spot, ...added: Body): Body =>
  replace(body, spot, (found) => [found, ...added]);

/** Takes a statement out and puts it before another. */
export function moveBefore(body: Body, spot: Spot, target: Spot): Body {
  const moved: Statement[] = [];
  const without = replace(body, spot, (found) => {
    moved.push(found);
    return [];
  });
  return insertBefore(without, target, ...moved);
}

/** Puts other statements in the place of one. */
export function replace(body: Body, { text, nth = 1 }: Spot, change: (found: Statement) => Body): Body {
  let seen = 0;
  const visit = (list: Body): Body => list.flatMap(visitOne);
  const visitOne = (statement: Statement): Body => {
    if (textOf(statement).startsWith(text) && ++seen === nth) return change(statement);
    if (statement.kind === "loop") return [{ ...statement, body: visit(statement.body) }];
    if (statement.kind !== "step") return [statement];
    const alternatives = statement.alternatives.map((each) =>
      each.follow ? { ...each, follow: visit(each.follow) } : each,
    );
    return [{ ...statement, alternatives }];
  };
  const edited = visit(body);
  if (seen < nth) throw new Error(`no statement ${nth === 1 ? "" : `no. ${nth} `}'${text}' to edit`);
  return edited;
}
