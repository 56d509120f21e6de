import { InputError } from "../model/input-error.ts";
import type { Subject } from "./subject.ts";
import { runOf } from "./trace/build.ts";
import { execute } from "./trace/execution.ts";
import type { Trace } from "./trace/trace.ts";
import { type Ending, endingOf } from "./trace/violation.ts";

export interface Replay {
  /** Whether the trace's property fails at its end, and there in the way the trace says. */
  readonly violated: boolean;
  /** Whether the model is wrong there, so that the property cannot be judged. */
  readonly error?: true;
  /** What fails or is wrong, in words; absent where nothing is. */
  readonly message?: string;
}

/**
 * Reapplies a trace's steps by the reference semantics, without any search.
 * @throws InputError where the trace is of another model, or its steps are none of this one's.
 */
export function replay(subject: Subject, trace: Trace): Replay {
  refuseOtherModel(subject, trace);
  const model = subject.judgedBy(subject.properties.filter((each) => each === trace.property));
  return replayOf(endingOf(model, execute(model, runOf(trace), DoesNotReplay), trace.property));
}

export function replayOf(ending: Ending | undefined): Replay {
  if (!ending) return { violated: false };
  const { verdict, message } = ending;
  return verdict === "violated" ? { violated: true, message } : { violated: false, error: true, message };
}

function refuseOtherModel({ identity, properties }: Subject, { model, verdict, property }: Trace): void {
  const name = [model.scenario, model.version].filter((part) => part !== undefined).join(" ");
  if (identity.digest !== model.digest) {
    throw new InputError(
      `the trace is of another model: ${name} has digest ${identity.digest.slice(0, 12)} here, ` +
        `${model.digest.slice(0, 12)} in the trace`,
    );
  }
  if (verdict === "violated" && !properties.includes(property)) {
    throw new InputError(`${name} is not judged by '${property}' (valid: ${properties.join(", ")})`);
  }
}

/** What is thrown where a step of a trace is none of the model's. */
class DoesNotReplay extends InputError {
  constructor(message: string) {
    super(`the trace does not replay: ${message}`);
  }
}
