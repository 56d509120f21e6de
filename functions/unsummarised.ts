import { ANY } from "../model/c/index.ts";
import type { CallEffect } from "../model/c/knowledge/index.ts";

/** The source of what is known of a function that was not understood, or that calls itself. */
export const NOT_SUMMARISED = "not summarised";

/** A callee that was not understood may have touched any lock it could name. */
export const unsummarised = (name: string): CallEffect => ({
  name,
  source: NOT_SUMMARISED,
  outcomes: [{ name: "done", weight: 0, does: [], returns: ANY, taints: "all" }],
});
