import { type Alternative, choose, type Statement } from "../ir/procedure.ts";

/** One answer of a call that no row of the table describes. */
export interface Reply extends Omit<Alternative, "updates" | "decision"> {
  readonly name: string;
  readonly updates?: Alternative["updates"];
}

/** A step that asks something of the world (`subject`) whose answer is an outcome of the run. */
export function asks(text: string, subject: string, ...replies: readonly Reply[]): Statement {
  return choose(
    text,
    ...replies.map(
      ({ updates = [], ...reply }): Alternative => ({
        ...reply,
        updates,
        decision: { kind: "outcome", subject, alternative: reply.name },
      }),
    ),
  );
}

/** Whether the task should give way. */
export const asksToResched = (text: string, follow: readonly Statement[]): Statement =>
  asks(text, "need_resched", { name: "true", follow }, { name: "false" });
