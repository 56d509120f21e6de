import type { Property } from "./property.ts";

export const noDeadlock: Property = {
  name: "no-deadlock",
  summary: "no task waits for ever: where nobody can take a step, everybody is done",
  kernel: "kernel/locking/lockdep.c: print_deadlock_bug",
  watch: () => ({ noDeadlock: true }),
};
