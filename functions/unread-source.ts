import { requireReason, sentenceOf } from "../model/not-modelled.ts";
import { type CheckResult, NOTHING } from "./result.ts";

/** What is said of a source, if that can be told: one whose text as a whole ends the stack is not judged at all. */
export async function orUnread(file: string, check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    const reason = sentenceOf(requireReason(error));
    return { ...NOTHING, bounds: [`${file}: ${reason}: nothing in it was judged`] };
  }
}
