import { and, type Expression } from "../model/ir/expression.ts";
import type { Event, Update } from "../model/ir/model.ts";
import { bool, type ScalarHandle, shared } from "../model/ir/place.ts";
import type { Observations } from "../model/kernel/observation.ts";
import { type KernelReport, kernelReports } from "../model/kernel/report.ts";
import type { Property } from "./property.ts";

type Flag = ScalarHandle<typeof bool>;

/** Which variable tells that a report was printed. */
export const printedVariable = (report: KernelReport): string => `reports.${report.id}`;

/** Remembers what the kernel would have printed, with its once flags and lockdep's own state. Demands nothing. */
export const reports: Property = {
  name: "reports",
  summary: "which reports a debugging kernel prints on this path",
  kernel: "kernel/locking/lockdep.c, kernel/rcu/tree_plugin.h, kernel/sched/core.c",
  watch(observe) {
    const lockdep = shared("reports.lockdep", bool, true);
    const printed = new Map(kernelReports.map((each) => [each, shared(printedVariable(each), bool)]));
    return {
      observers: [lockdep, ...printed.values()].map(({ variable }) => variable),
      on: (event) => {
        const remember = [...printed].flatMap(([each, flag]) => prints(each, flag, lockdep, event, observe));
        return remember.length === 0 ? undefined : { remember };
      },
    };
  },
};

function prints(
  report: KernelReport,
  flag: Flag,
  lockdep: Flag,
  event: Event,
  observe: Observations,
): readonly Update[] {
  const condition = report.when(event, observe);
  if (!condition) return [];
  const fires: Expression = report.lockdep ? and(condition, lockdep.value) : condition;
  const turnsOff = report.lockdep ? [lockdep.setIf(condition, false)] : [];
  return [flag.setIf(fires, true), ...turnsOff];
}
