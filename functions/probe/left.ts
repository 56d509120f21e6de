import type { Status } from "../../model/c/status/status.ts";
import { netOf } from "../exit.ts";

/**
 * What a function leaves a lock as: one more than it came with, one less, as it was, or as it was after it took
 * it and gave it back; of a lock whose state
 * was not known when it came to it, that it is held or free by now; or nothing that is known.
 */
export type Left = "kept" | "lost" | "as it was" | "given back" | "held" | "free" | "unsure";

export function leftOf(status: Status): Left {
  if (status === "taken" || status === "taken-shared") return "held";
  if (status === "let go") return "free";
  if (status === "released") return "given back";
  const net = netOf(status);
  return net === undefined ? "unsure" : net === 0 ? "as it was" : net === 1 ? "kept" : "lost";
}
