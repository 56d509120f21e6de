import { readFileSync } from "node:fs";
import { z } from "zod";

/** What somebody who read both versions says of a new finding: a bug, a contract that rightly changed, or nothing wrong. */
export type Verdict = "genuine" | "contract" | "false";

export const VERDICTS: readonly Verdict[] = ["genuine", "contract", "false"];

const schema = z.strictObject({
  /** The versions that were read. */
  old: z.string(),
  new: z.string(),
  findings: z.array(
    z.strictObject({
      file: z.string(),
      /** Its identity, without line numbers. */
      id: z.string(),
      verdict: z.enum(["genuine", "contract", "false"]),
      /** One sentence. */
      why: z.string().min(1),
    }),
  ),
});

export type StableReadings = z.infer<typeof schema>;

/** docs/stable.json: each new finding between two released kernels, read in the source. Throws where it is malformed. */
export function readStable(): StableReadings {
  const file = new URL("../../docs/stable.json", import.meta.url);
  return schema.parse(JSON.parse(readFileSync(file, "utf8")));
}
