/** Functions from which a call does not come back, by the kernel file that says so. */
export const neverReturning: Readonly<Record<string, readonly string[]>> = {
  "tools/objtool/noreturns.h": [
    "__module_put_and_kthread_exit",
    "do_exit",
    "do_group_exit",
    "kthread_complete_and_exit",
    "kthread_exit",
    "machine_real_restart",
    "make_task_dead",
    "panic",
    "rewind_stack_and_make_dead",
    "stop_this_cpu",
  ],
  "include/linux/reboot.h": ["machine_halt", "machine_restart"],
  "include/linux/module.h": ["module_put_and_kthread_exit"],
  "include/linux/panic.h": ["nmi_panic"],
  "include/asm-generic/bug.h": ["BUG"],
  "include/linux/compiler.h": ["unreachable", "__builtin_unreachable"],
  "arch/arc/include/asm/bug.h": ["__builtin_trap"],
  "include/linux/build_bug.h": ["BUILD_BUG"],
  /** Where it is not declared so, it returns only if a debugger asks for it, to what no rule holds for. */
  "arch/mips/include/asm/ptrace.h": ["die"],
  "arch/parisc/include/asm/traps.h": ["parisc_terminate"],
};

const names: ReadonlySet<string> = new Set(Object.values(neverReturning).flat());

/** What subsystems call their BUG(), as libcfs' LBUG(); KVM_BUG() asks a question (include/linux/kvm_host.h). */
const IS_A_BUG = /^(?!KVM_)(?:[A-Z]+_)*[A-Z]?BUG$/;

export const neverReturns = (name: string): boolean => names.has(name) || IS_A_BUG.test(name);

/**
 * Macros that stop the kernel where their first argument is true (include/asm-generic/bug.h: BUG_ON,
 * fs/ocfs2/cluster/masklog.h: mlog_bug_on_msg), some of them in kernels that are to be debugged (include/linux/mmdebug.h:
 * VM_BUG_ON, fs/erofs/internal.h: DBG_BUGON): what they are given is taken for false.
 */
const STOPS_IF = /^(?:(?:VM_)?BUG_ON(?:_PAGE|_FOLIO|_VMA|_MM)?|DBG_BUGON|mlog_bug_on_msg)$/;

export const stopsIf = (name: string): boolean => STOPS_IF.test(name);

/** What a task that ends or jumps away holds, nobody releases (kernel/exit.c: do_exit calls debug_check_no_locks_held). */
const LEAVES_FOR_GOOD =
  /^(?:do_exit|do_group_exit|kthread_exit|kthread_complete_and_exit|make_task_dead|\w*longjmp)$/;

export const leavesForGood = (name: string): boolean => LEAVES_FOR_GOOD.test(name);
