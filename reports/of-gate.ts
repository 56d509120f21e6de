import { NOT_JUDGED, reservations } from "../functions/result.ts";
import type { GateFinding, GateResult } from "../gate/result.ts";
import { reachOf } from "./blame.ts";
import { extentOf } from "./format.ts";
import { type Origin, provenanceOf } from "./provenance.ts";
import type { ChangeFinding, GateReport, Standing } from "./report.ts";

/** The report on a change. `command`: what asks for it again, without `--only`. */
export function reportOfGate(
  { new: fresh, fixed, old, baseCommit, conditionals, ...rest }: GateResult,
  { kernel, command }: Pick<Origin, "kernel" | "command">,
): GateReport {
  const reported = (findings: readonly GateFinding[], standing: Standing) =>
    findings.map(
      (each): ChangeFinding => ({
        ...each,
        fingerprint: each.digest,
        fails: standing === "new",
        standing,
        remarks: reachOf(each),
        reproduce: `${command} --only ${each.digest}`,
      }),
    );
  return {
    kind: "gate",
    ...rest,
    extent: extentOf(rest.functions.searched),
    findings: [...reported(fresh, "new"), ...reported(fixed, "fixed"), ...reported(old, "old")],
    reservations: [...rest.refused, ...reservations(rest)],
    held: [],
    notJudged: NOT_JUDGED,
    provenance: provenanceOf({ kernel, baseCommit, conditionals, command }),
  };
}

/** The findings of one standing, in order. */
export const ofStanding = ({ findings }: GateReport, standing: Standing): readonly ChangeFinding[] =>
  findings.filter((each) => each.standing === standing);
