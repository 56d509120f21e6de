import { NO_STATE } from "../../store/state-store.ts";
import type { EngineReport } from "../memory.ts";
import { CONTROL } from "./memory-map.ts";
import type { WasmMemory } from "./wasm-memory.ts";

/**
 * Gives indices that workers have taken but not used to the last states, so that none is missing. Goes before
 * the table grows, and before anybody asks how many states there are.
 */
export function closeGaps(memory: WasmMemory): void {
  const unused = new Set(
    Array.from({ length: memory.workers }, (_, worker) => takeUnused(memory, worker)).flat(),
  );
  if (unused.size === 0) return;
  const end = memory.count - unused.size;
  const last = Array.from({ length: unused.size }, (_, position) => end + position);
  const moved = last.filter((index) => !unused.has(index));
  const gaps = [...unused].filter((index) => index < end);
  for (const [position, from] of moved.entries()) memory.module.relocate(from, gaps[position] ?? from);
  memory.all[CONTROL.count / 4] = end;
}

/** The indices that the worker has left, which it then no longer has. */
function takeUnused(memory: WasmMemory, worker: number): readonly number[] {
  const { all, map } = memory;
  const report = memory.reportOf(worker) / 4;
  const next = all[report + map.report.fresh / 4] ?? 0;
  const end = all[report + map.report.freshEnd / 4] ?? 0;
  all[report + map.report.fresh / 4] = end;
  return Array.from({ length: end - next }, (_, position) => next + position);
}

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
