import { type CheckResult, checkSource } from "../../functions/check.ts";
import { type ProbeAnswer, probeFunction } from "../../functions/probe/probe.ts";
import { type CallEffect, type Knowledge, withEffects } from "../../model/c/knowledge/index.ts";
import type { Image } from "../rebuild/rebuild.ts";

export type Effects = ReadonlyMap<string, CallEffect | undefined>;

/** What functions of other files do, before and after. */
export interface KnownEffects {
  readonly before: Effects;
  readonly after: Effects;
}

/** Judges the named functions of an image, knowing what some functions of other files do. */
export interface Judge {
  (image: Image, functions: readonly string[], known?: Effects): Promise<CheckResult>;
  /** Explores one function of a whole image, to be asked where its paths lead. */
  readonly probe?: (
    image: Image,
    name: string,
    known: Effects,
    doubted?: ReadonlySet<string>,
  ) => Promise<ProbeAnswer>;
  /** What functions of other files do that the named ones call. */
  readonly around?: (image: Image, functions: readonly string[]) => Promise<Effects>;
  /** Makes what these texts determine, or remembers it; its result must be plain data. */
  readonly remember?: <Result>(about: readonly string[], make: () => Promise<Result>) => Promise<Result>;
}

/** Asks the checker. Findings name lines of the image's text; how functions end is judged of whole files alone. */
export function judgeWith(table: Knowledge): Judge {
  const judge: Judge = ({ file, text, partial }, functions, known) =>
    checkSource(
      { file, text },
      {
        functions,
        audit: !partial,
        partial,
        keepExits: true,
        origins: true,
        causes: true,
        // Those that a change leaves as they were are not its business.
        unknownLocks: "listed",
        locksByName: true,
        knowledge: known ? withEffects(table, known) : table,
      },
    );
  const probe: Judge["probe"] = (image, name, known, doubted) =>
    probeFunction(image, name, withEffects(table, known), doubted);
  return Object.assign(judge, { probe });
}
