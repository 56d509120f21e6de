import { call, choose, kernelState, lower, nesting, ownedLock, returns, type Scenario } from "holdfast";

/** box.c, written as a scenario: the same calls, on a lock that has an owner. */
const box: Scenario = {
  id: "box",
  summary: "an item is put into a box",
  versions: [],
  parameters: [{ name: "tasks", summary: "tasks that put", default: 1, min: 1, max: 3 }],
  properties: ["preempt-balanced", "no-deadlock"],
  build({ parameters: { tasks = 1 } }) {
    const kernel = kernelState(ownedLock("spinlock"), nesting("preempt", { below: 1, above: 1 }));
    const unlock = call(kernel, "spin_unlock", { text: "spin_unlock(&box->lock);" });
    const { program, listing } = lower("box_put", "box", [
      call(kernel, "spin_lock", { text: "spin_lock(&box->lock);" }),
      choose(
        "if (box->count < BOX_SIZE)",
        { name: "true", updates: [], follow: [unlock] },
        { name: "false", updates: [] },
      ),
      unlock,
      returns("return err;"),
    ]);
    const model = {
      ...{ name: "box", sets: {}, variables: kernel.variables, programs: [program] },
      ...{ tasks: [{ program: program.name, count: tasks }], invariants: [] },
    };
    return { model, observe: kernel.observe, listing };
  },
};

export default box;
