/**
 * Calls that say that the system is dying: __might_resched() asks for nothing behind them (kernel/sched/core.c:
 * oops_in_progress; lib/bust_spinlocks.c, kernel/panic.c: oops_enter).
 */
const DYING: ReadonlySet<string> = new Set(["bust_spinlocks", "oops_enter"]);

export const saysDying = (name: string): boolean => DYING.has(name);
