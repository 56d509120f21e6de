import { checkSource, type FunctionReport } from "../../checker/functions/check.ts";
import type { CallEffect } from "../../model/c/program/effect.ts";
import { tableKnowledge, withEffects } from "../../model/c/program/knowledge.ts";
import type { Image } from "../rebuild/rebuild.ts";

export type Effects = ReadonlyMap<string, CallEffect | undefined>;

/** Judges the named functions of an image, knowing what some functions of other files do. */
export type Judge = (image: Image, functions: readonly string[], known?: Effects) => Promise<FunctionReport>;

/** Asks the checker. Findings name lines of the image's text; how functions end is judged of whole files alone. */
export const judgeImage: Judge = ({ file, text, partial }, functions, known) =>
  checkSource(
    { file, text },
    { functions, audit: !partial, ...(known && { knowledge: withEffects(tableKnowledge, known) }) },
  );
