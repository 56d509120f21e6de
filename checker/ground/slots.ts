import type { Layout, Slot } from "../../model/ir/layout.ts";

/** All slots of a layout in one list: the tasks' locations first, then the variables. */
export interface Slots {
  readonly all: readonly Slot[];
  /** Number of the first slot of a variable: of the given task's, or (0) of the shared one. */
  numberOf(variable: string, task: number): number;
}

export function slotsOf(layout: Layout): Slots {
  const all = [...layout.locations];
  const numbers = new Map<string, number[]>();
  for (const { variable, task, slots } of layout.variables) {
    const byTask = numbers.get(variable.name) ?? [];
    byTask[task] = all.length;
    numbers.set(variable.name, byTask);
    all.push(...slots);
  }
  return {
    all,
    numberOf: (variable, task) => {
      const found = numbers.get(variable)?.[task];
      if (found === undefined) throw new Error(`the layout lacks '${variable}' of task ${task}`);
      return found;
    },
  };
}
