import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { kcidb } from "./kcidb.ts";
import { mail } from "./mail.ts";
import { patchwork } from "./patchwork.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** What `--format` can be. Adding one is one function and one row. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text,
  json,
  sarif,
  junit,
  github,
  patchwork,
  kcidb,
  mail,
};

export type { Format, FormatOptions } from "./format.ts";
