import { functionRanges } from "../../model/c/source/function-ranges.ts";
import type { ImagePair } from "../apply/image-pair.ts";
import type { PlacedFinding } from "../judge/place.ts";
import type { ChangedEffect } from "./changed-effects.ts";
import { EXIT_IMBALANCE } from "./exit-change.ts";

/** The finding that stands for a changed effect that no caller expects. */
export function unexpectedFinding(
  { name, file, side, change }: ChangedEffect,
  pairs: readonly ImagePair[],
): PlacedFinding {
  const image = pairs.find((pair) => pair[side]?.file === file)?.[side];
  const range = image && functionRanges(image.text).find((each) => each.name === name);
  return {
    id: [EXIT_IMBALANCE, name, change.lock, change.words].join(" | "),
    rule: EXIT_IMBALANCE,
    confidence: "audit",
    file,
    line: range?.to ?? 0,
    function: name,
    lock: change.lock,
    message: `${change.words}, and its callers do not expect it`,
    path: [],
  };
}
