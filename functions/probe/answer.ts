import type { Reason } from "../../model/not-modelled.ts";

/** What a question about the paths of a function comes to. What is not known is never "none". */
export type Answer<Found> = { readonly kind: "reached"; readonly found: Found } | Unknown;

/** Its paths were not followed to their ends, or it has no model. */
export interface Unknown {
  readonly kind: "capped" | "not modelled";
  readonly reason: Reason;
}
