import type { Transition } from "../../model/ir/model.ts";

/** The head of a loop in C, macros that walk a list among them. */
const LOOP_HEAD = /^\s*(?:\}\s*)?(?:for|while|do|\w*for_each\w*)\b/;

/** Whether a branch asks if a loop goes on. */
export function isLoopTest({ decision, source }: Transition): boolean {
  if (decision?.kind !== "branch") return false;
  return decision.loop === true || LOOP_HEAD.test(source?.text ?? "");
}
