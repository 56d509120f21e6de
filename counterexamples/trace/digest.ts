import type { Model } from "../../model/ir/model.ts";

/**
 * SHA-256, in hex, over what decides how a model runs: sets, variables, programs and tasks. What it is
 * judged by is left out, so that a property may be reworded without making old traces worthless.
 */
export function digestOf({ sets, variables, programs, tasks }: Model): string {
  const judged = new Set(["assertions", "source"]);
  const text = JSON.stringify({ sets, variables, programs, tasks }, (key, value: unknown) =>
    judged.has(key) ? undefined : value,
  );
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
