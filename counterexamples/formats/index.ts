import type { Format } from "./format.ts";
import { text } from "./text.ts";

/** What `--format` can be. Adding one is one function and one row. */
export const FORMATS: Readonly<Record<string, Format>> = { text };

export type { Format, FormatOptions } from "./format.ts";
