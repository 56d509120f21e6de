import { checkSource, type FunctionReport } from "../../checker/functions/check.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** Judges the named functions of an image; findings name lines of its text. */
export type Judge = (image: Image, functions: readonly string[]) => Promise<FunctionReport>;

export const judgeImage: Judge = ({ file, text }, functions) => checkSource({ file, text }, { functions });
