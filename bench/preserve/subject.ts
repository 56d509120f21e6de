import { releasedBy } from "../mutate/lock.ts";
import { type CallStatement, callStatements, type ScannedFunction } from "../mutate/scan.ts";

/** A function of a text. */
export interface Subject {
  readonly text: string;
  /** The text blanked. */
  readonly code: string;
  readonly in: ScannedFunction;
}

export const releases = ({ code, in: each }: Subject): readonly CallStatement[] =>
  callStatements(code, each).filter(({ name }) => releasedBy(name));
