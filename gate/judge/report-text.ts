import type { FunctionReport } from "../../functions/check.ts";
import type { ExitState } from "../../functions/exit-finding.ts";
import type { Finding } from "../../functions/finding.ts";
import type { CallEffect } from "../../model/c/knowledge/effect.ts";

/** A report as JSON can hold it: maps as lists, and each way out with its finding made. */
interface Stored extends Omit<FunctionReport, "effects" | "exits"> {
  readonly effects?: readonly (readonly [string, CallEffect | null])[];
  readonly exits?: readonly (readonly [string, readonly StoredExit[]])[];
}

type StoredExit = Omit<ExitState, "finding"> & { readonly finding: Finding };

export function writeReport({ effects, exits, ...report }: FunctionReport): string {
  const stored: Stored = {
    ...report,
    ...(effects && { effects: [...effects].map(([name, effect]) => [name, effect ?? null] as const) }),
    ...(exits && { exits: [...exits].map(([name, states]) => [name, states.map(storeExit)] as const) }),
  };
  return JSON.stringify(stored);
}

const storeExit = (exit: ExitState): StoredExit => ({ ...exit, finding: exit.finding() });

/** Reads what `writeReport` wrote; its text must be whole, as a store gives it. */
export function readReport(text: string): FunctionReport {
  const { effects, exits, ...report }: Stored = JSON.parse(text);
  return {
    ...report,
    ...(effects && { effects: new Map(effects.map(([name, effect]) => [name, effect ?? undefined])) }),
    ...(exits && { exits: new Map(exits.map(([name, states]) => [name, states.map(loadExit)])) }),
  };
}

const loadExit = ({ finding, ...exit }: StoredExit): ExitState => ({ ...exit, finding: () => finding });
