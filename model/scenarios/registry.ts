import type { Scenario } from "./scenario.ts";

/** Every built-in scenario; loaded only when it is asked for. */
const loaders: Readonly<Record<string, () => Promise<Scenario>>> = {
  madvise: async () => (await import("./madvise/index.ts")).madvise,
  "batched-tlb-flush": async () => (await import("./batched-flush/index.ts")).batchedTlbFlush,
  "copy-present-ptes": async () => (await import("./batch-callers/index.ts")).copyPresentPtes,
  "zap-present-ptes": async () => (await import("./batch-callers/index.ts")).zapPresentPtes,
  "ptl-protocol": async () => (await import("./ptl-protocol/index.ts")).ptlProtocol,
};

export const scenarioIds: readonly string[] = Object.keys(loaders);

/** The scenario of this id, or undefined where there is none. */
export async function loadScenario(id: string): Promise<Scenario | undefined> {
  return Object.hasOwn(loaders, id) ? loaders[id]?.() : undefined;
}
