/** In what context the kernel runs a function that was handed to it. */
export type RunsIn = "hard-irq" | "softirq" | "bh-off" | "lock-held" | "process";

/** A call by which the kernel is told of a function that it is to run. */
export interface Registration {
  /** Which argument is the function; from 0. */
  readonly runs: number;
  /** Which argument is the object that it is run for: a timer, a work item, a tasklet. */
  readonly object?: number;
  readonly in: RunsIn;
}

const on = (runs: number, where: RunsIn, object?: number): Registration => ({
  runs,
  in: where,
  ...(object !== undefined && { object }),
});

/**
 * kernel/irq/manage.c: request_threaded_irq; kernel/time/timer.c: expire_timers; kernel/softirq.c: tasklet_action_common;
 * kernel/workqueue.c: process_one_work; kernel/kthread.c: kthread; kernel/irq_work.c: irq_work_single; kernel/smp.c:
 * __flush_smp_call_function_queue; kernel/stop_machine.c: multi_cpu_stop; kernel/rcu/srcutree.c: srcu_invoke_callbacks;
 * drivers/usb/core/hcd.c: __usb_hcd_giveback_urb, in hard interrupts or as a softirq.
 */
export const registrations: Readonly<Record<string, readonly Registration[]>> = {
  request_irq: [on(1, "hard-irq", 0)],
  devm_request_irq: [on(2, "hard-irq", 1)],
  request_threaded_irq: [on(1, "hard-irq", 0), on(2, "process", 0)],
  devm_request_threaded_irq: [on(2, "hard-irq", 1), on(3, "process", 1)],
  request_percpu_irq: [on(1, "hard-irq")],
  pci_request_irq: [on(2, "hard-irq"), on(3, "process")],
  pcmcia_request_irq: [on(1, "hard-irq")],
  init_irq_work: [on(1, "hard-irq", 0)],
  smp_call_function: [on(0, "hard-irq")],
  smp_call_function_single: [on(1, "hard-irq")],
  smp_call_function_any: [on(1, "hard-irq")],
  smp_call_function_many: [on(1, "hard-irq")],
  on_each_cpu: [on(0, "hard-irq")],
  on_each_cpu_mask: [on(1, "hard-irq")],
  stop_machine: [on(0, "hard-irq")],
  stop_machine_cpuslocked: [on(0, "hard-irq")],
  timer_setup: [on(1, "softirq", 0)],
  timer_setup_on_stack: [on(1, "softirq", 0)],
  setup_timer: [on(1, "softirq", 0)],
  DEFINE_TIMER: [on(1, "softirq", 0)],
  tasklet_init: [on(1, "softirq", 0)],
  tasklet_setup: [on(1, "softirq", 0)],
  DECLARE_TASKLET: [on(1, "softirq", 0)],
  DECLARE_TASKLET_OLD: [on(1, "softirq", 0)],
  netif_napi_add: [on(2, "softirq", 1)],
  netif_napi_add_weight: [on(2, "softirq", 1)],
  call_rcu: [on(1, "softirq")],
  call_rcu_hurry: [on(1, "softirq")],
  call_srcu: [on(2, "bh-off")],
  usb_fill_control_urb: [on(6, "softirq", 0)],
  usb_fill_bulk_urb: [on(5, "softirq", 0)],
  usb_fill_int_urb: [on(5, "softirq", 0)],
  INIT_WORK: [on(1, "process", 0)],
  INIT_WORK_ONSTACK: [on(1, "process", 0)],
  INIT_DELAYED_WORK: [on(1, "process", 0)],
  INIT_DEFERRABLE_WORK: [on(1, "process", 0)],
  DECLARE_WORK: [on(1, "process", 0)],
  DECLARE_DELAYED_WORK: [on(1, "process", 0)],
  kthread_run: [on(0, "process")],
  kthread_create: [on(0, "process")],
  module_init: [on(0, "process")],
  module_exit: [on(0, "process")],
};

/**
 * Members by which the kernel calls a function, and where (include/linux/fs.h: file_operations;
 * Documentation/networking/netdevices.rst: struct net_device synchronization rules).
 */
export const memberRuns: ReadonlyMap<string, RunsIn> = new Map<string, RunsIn>(
  Object.entries({
    unlocked_ioctl: "process",
    compat_ioctl: "process",
    read_iter: "process",
    write_iter: "process",
    probe: "process",
    remove: "process",
    suspend: "process",
    resume: "process",
    ndo_open: "process",
    ndo_stop: "process",
    ndo_start_xmit: "bh-off",
    ndo_set_rx_mode: "bh-off",
    ndo_tx_timeout: "bh-off",
    ndo_select_queue: "bh-off",
  }),
);

/**
 * The same of members of one structure (drivers/clk/clk.c: clk_core_enable_lock; kernel/irq/chip.c: irq_disable under the
 * descriptor's lock; drivers/tty/serial/serial_core.c: uart_start, uart_update_mctrl).
 */
export const structMemberRuns: ReadonlyMap<string, RunsIn> = new Map<string, RunsIn>(
  Object.entries({
    "clk_ops.enable": "lock-held",
    "clk_ops.disable": "lock-held",
    "clk_ops.is_enabled": "lock-held",
    "irq_chip.irq_ack": "lock-held",
    "irq_chip.irq_mask": "lock-held",
    "irq_chip.irq_mask_ack": "lock-held",
    "irq_chip.irq_unmask": "lock-held",
    "irq_chip.irq_eoi": "lock-held",
    "irq_chip.irq_enable": "lock-held",
    "irq_chip.irq_disable": "lock-held",
    "irq_chip.irq_set_type": "lock-held",
    "irq_chip.irq_set_affinity": "lock-held",
    "uart_ops.set_mctrl": "lock-held",
    "uart_ops.get_mctrl": "lock-held",
    "uart_ops.start_tx": "lock-held",
    "uart_ops.stop_tx": "lock-held",
    "uart_ops.stop_rx": "lock-held",
    "uart_ops.enable_ms": "lock-held",
  }),
);

/** Whether what is set at a place may be run in atomic context: at the argument of a call (`timer_setup/1`), or at a member (`.irq_mask`). */
export function isRunAtomic(place: string): boolean {
  const [call = "", at] = place.split("/");
  const rows = Object.hasOwn(registrations, call) ? (registrations[call] ?? []) : [];
  if (rows.some((each) => each.runs === Number(at) && each.in !== "process")) return true;
  const member = place.slice(1);
  return (
    place === ".function" || (memberRuns.get(member) ?? "process") !== "process" || structMembers.has(member)
  );
}

const structMembers: ReadonlySet<string> = new Set(
  [...structMemberRuns.keys()].map((each) => each.slice(each.indexOf(".") + 1)),
);

/** Calls that sleep elsewhere, and are legal in interrupts: they put off what sleeps (mm/vmalloc.c: vfree). */
export const putsOffInInterrupt: ReadonlySet<string> = new Set(["vfree", "kvfree"]);

/** Calls that say of a timer with a `function` that it expires in hard interrupts (kernel/time/hrtimer.c: hrtimer_setup). */
export const hardTimers: ReadonlySet<string> = new Set(["hrtimer_init", "hrtimer_setup"]);

/** Calls that wait until what their first argument stands for has ended, and for nothing else. */
export const waitsForEnd: ReadonlySet<string> = new Set([
  "cancel_work_sync",
  "cancel_delayed_work_sync",
  "flush_work",
  "flush_delayed_work",
  "del_timer_sync",
  "timer_delete_sync",
  "timer_shutdown_sync",
  "hrtimer_cancel",
  "tasklet_kill",
  "free_irq",
  "disable_irq",
  "synchronize_irq",
]);

/** Calls that wait for a completion, neither for a time nor until a signal, and those that end the wait. */
export const waitsForCompletion: ReadonlySet<string> = new Set([
  "wait_for_completion",
  "wait_for_completion_io",
]);
export const completes: ReadonlySet<string> = new Set(["complete", "complete_all"]);

/** Calls that wait, with no limit of time, until they are woken, and calls that wake who waits (include/linux/wait.h). */
export const waitsForWaker: ReadonlySet<string> = new Set([
  "wait_event",
  "wait_event_interruptible",
  "wait_event_killable",
  "wait_event_idle",
  "wait_event_freezable",
]);
export const wakes: ReadonlySet<string> = new Set([
  "wake_up",
  "wake_up_all",
  "wake_up_interruptible",
  "wake_up_interruptible_all",
  "wake_up_nr",
]);
