import type { Verdict } from "../checker/result.ts";

export const EXIT = { holds: 0, violated: 1, input: 2, bound: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const isExitCode = (code: number | null): code is ExitCode =>
  Object.values(EXIT).some((each) => each === code);

const BY_VERDICT: Readonly<Record<Verdict, ExitCode>> = {
  holds: EXIT.holds,
  "nothing-to-check": EXIT.holds,
  violated: EXIT.violated,
  error: EXIT.input,
  "holds-within-bound": EXIT.bound,
  interrupted: EXIT.bound,
};

/** The exit code of several verdicts together: an error outweighs a violation, a violation a bound. */
export function exitCodeOf(verdicts: readonly Verdict[]): ExitCode {
  const codes = new Set(verdicts.map((verdict) => BY_VERDICT[verdict]));
  const order: readonly ExitCode[] = [EXIT.input, EXIT.violated, EXIT.bound];
  return order.find((code) => codes.has(code)) ?? EXIT.holds;
}
