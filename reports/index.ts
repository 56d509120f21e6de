import { InputError } from "../model/input-error.ts";
import type { Format, ReportOf } from "./format.ts";
import type { ReportKind } from "./report.ts";

/** By kind of report, what loads the function that prints it: most runs need one. */
type Printers = { readonly [K in ReportKind]?: () => Promise<Format<ReportOf<K>>> };

const ofEvery = (load: () => Promise<Format>): Printers => ({ check: load, gate: load, explore: load });

/** What `--format` can be. Adding one is one function and one row. */
const FORMATS: Readonly<Record<string, Printers>> = {
  text: {
    check: async () => (await import("./text/check.ts")).checkText,
    gate: async () => (await import("./text/gate.ts")).gateText,
    explore: async () => (await import("./text/explore.ts")).exploreText,
  },
  json: {
    check: async () => (await import("./json.ts")).checkJson,
    gate: async () => (await import("./json.ts")).gateJson,
    explore: async () => (await import("./json.ts")).exploreJson,
  },
  sarif: ofEvery(async () => (await import("./sarif.ts")).sarif),
  junit: ofEvery(async () => (await import("./junit.ts")).junit),
  github: ofEvery(async () => (await import("./github.ts")).github),
  gitlab: ofEvery(async () => (await import("./gitlab.ts")).gitlab),
  lockdep: { explore: async () => (await import("./text/explore.ts")).lockdepText },
  patchwork: { gate: async () => (await import("./patchwork.ts")).patchwork },
  kcidb: { gate: async () => (await import("./kcidb.ts")).kcidb },
  b4: { gate: async () => (await import("./b4.ts")).b4 },
  mail: { gate: async () => (await import("./mail.ts")).mail },
};

/** The formats that reports of a kind can be printed in. */
export const formatsOf = (kind: ReportKind): readonly string[] =>
  Object.keys(FORMATS).filter((name) => FORMATS[name]?.[kind]);

/** @throws InputError for a format that reports of the kind cannot be printed in. */
export async function loadFormat<K extends ReportKind>(kind: K, name: string): Promise<Format<ReportOf<K>>> {
  const printers: Printers | undefined = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  const load: Printers[K] | undefined = printers?.[kind];
  if (load) return await load();
  const problem = printers ? `${kind} has no format '${name}'` : `unknown format '${name}'`;
  throw new InputError(`${problem} (valid: ${formatsOf(kind).join(", ")})`);
}
