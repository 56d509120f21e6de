import type { Problem } from "../problem.ts";
import { NO_STATE } from "../store/state-store.ts";
import type { Report } from "./back-end.ts";

export function emptyReport(problem: Problem): Report {
  return {
    transitions: 0,
    fired: new Uint8Array(problem.transitions.length),
    firstSeen: new Uint32Array(problem.checks.length).fill(NO_STATE),
    margins: new Uint8Array(problem.margins.length),
    faulty: NO_STATE,
  };
}
