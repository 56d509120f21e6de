import { readFileSync } from "node:fs";
import { z } from "zod";
import { compareVerdicts, type Found, type Compared as Judged } from "../verdicts.ts";

/** What somebody who read the source says of a hard finding. */
export type Verdict = "genuine" | "odd" | "false";

const schema = z.strictObject({
  /** The version of the source that was read. */
  linux: z.string(),
  findings: z.array(
    z.strictObject({
      file: z.string(),
      /** Its identity, without line numbers. */
      id: z.string(),
      verdict: z.enum(["genuine", "odd", "false"]),
      /** The calls that lead to it, outermost first. */
      chain: z.array(z.string()),
      /** One sentence. */
      why: z.string().min(1),
    }),
  ),
});

export type Recall = z.infer<typeof schema>;

/** docs/recall.json: each hard finding on a released kernel, read in the source. Throws where it is malformed. */
export function readRecall(): Recall {
  const file = new URL("../../docs/recall.json", import.meta.url);
  return schema.parse(JSON.parse(readFileSync(file, "utf8")));
}

const VERDICTS: readonly Verdict[] = ["genuine", "odd", "false"];

export type Compared = Judged<Verdict>;

/** Compares what is found in files of a tree with what was read of them. */
export const compareRecall = ({ findings }: Recall, found: readonly Found[]): Compared =>
  compareVerdicts({ findings, verdicts: VERDICTS, genuine: "genuine" }, found);
