import { NO_STATE } from "../../store/state-store.ts";
import type { EngineReport } from "../memory.ts";
import type { WasmMemory } from "./wasm-memory.ts";

/** Adds what a worker has reported since the last time. */
export function mergeReport(report: EngineReport, memory: WasmMemory, worker = 0): void {
  const { map, all } = memory;
  const start = memory.reportOf(worker);
  const bytes = new Uint8Array(memory.memory.buffer);
  report.transitions += all[(start + map.report.transitions) / 4] ?? 0;
  all[(start + map.report.transitions) / 4] = 0;
  report.firstSeen.forEach((known, check) => {
    const seen = all[(start + map.report.firstSeen) / 4 + check] ?? NO_STATE;
    if (seen < known) report.firstSeen[check] = seen;
  });
  report.fired.forEach((known, transition) => {
    report.fired[transition] = Math.max(known, bytes[start + map.report.fired + transition] ?? 0);
  });
  report.margins.forEach((known, margin) => {
    report.margins[margin] = known | (bytes[start + map.report.margins + margin] ?? 0);
  });
}

/** The state that the worker was expanding when the model turned out to be wrong. */
export function currentState(memory: WasmMemory, worker = 0): number {
  return memory.all[(memory.reportOf(worker) + memory.map.report.current) / 4] ?? NO_STATE;
}
