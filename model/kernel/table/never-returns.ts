/** Beside the macros: functions that are declared __noreturn (tools/objtool/noreturns.h). */
const NEVER_RETURNS =
  /^(?:do_group_exit|kthread_exit|kthread_complete_and_exit|machine_halt|machine_restart|BUG|panic|unreachable|__builtin_unreachable|BUILD_BUG|do_exit|make_task_dead|__builtin_trap|nmi_panic)$/;
/** include/linux/mmdebug.h and include/asm-generic/bug.h: they stop where their condition holds. */
const STOPS_IF = /^(?:VM_)?BUG_ON(?:_PAGE|_FOLIO|_VMA|_MM)?$/;

export const neverReturns = (name: string): boolean => NEVER_RETURNS.test(name);

export const stopsIf = (name: string): boolean => STOPS_IF.test(name);
