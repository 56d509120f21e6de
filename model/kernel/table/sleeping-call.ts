import calls from "./sleeping-calls.json" with { type: "json" };

/** Where the list of further sleeping calls comes from. */
export const SLEEPING_CALLS_SOURCE = `Linux ${calls.kernel}: leads to might_sleep() or schedule() (npm run bench:sleepers)`;

const namesIn = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(" "));

const always: Readonly<Record<string, readonly string[]>> = calls.always;
const ends: ReadonlyMap<string, string> = new Map(
  Object.entries(always).flatMap(([end, lines]) => namesIn(lines).map((name) => [name, end] as const)),
);

/**
 * They sleep unless the device's callbacks may run with interrupts off, as pm_runtime_irq_safe() says of it, or it is on
 * already (drivers/base/power/runtime.c: __pm_runtime_resume). pm_runtime_get() and pm_runtime_put() only ask for it.
 */
const ASKS_DEVICE =
  "idle suspend autosuspend resume get_sync resume_and_get put_sync put_sync_suspend put_sync_autosuspend";
const byDevice: ReadonlySet<string> = new Set(ASKS_DEVICE.split(" ").map((each) => `pm_runtime_${each}`));

/** Whether a call sleeps by what is set up for a device. */
export const asksDevice = (name: string): boolean => byDevice.has(name);

/** Calls without a row in the table that sleep in every kernel that has them, whatever their arguments. */
export const sleepingCalls: ReadonlySet<string> = new Set([...ends.keys(), ...byDevice].sort());

/** The call that a listed one comes to sleep by, such as mutex_lock; undefined for others. */
export const sleepsBy = (name: string): string | undefined => ends.get(name);
const byFlags: ReadonlyMap<string, number> = new Map(
  Object.entries(calls.byFlags).flatMap(([position, lines]) =>
    namesIn(lines).map((name) => [name, Number(position)] as const),
  ),
);

/**
 * What a listed call asks before it sleeps: hid_hw_request() the transport driver (drivers/hid/hid-core.c), which of
 * USB does not wait; constructors of page tables whether a lock needs memory (mm/memory.c: ptlock_alloc); folio_copy()
 * whether there are more pages (mm/util.c). The others are for a machine that goes down.
 */
const ASKS_FIRST =
  /^(?:hid_hw_\w+|pagetable_\w+_ctor|folio_copy|kernel_(?:power_off|restart|halt)|smp_shutdown_nonboot_cpus)$/;

/** Whether a listed call sleeps by what it finds, rather than always. */
export const asksFirst = (name: string): boolean => byDevice.has(name) || ASKS_FIRST.test(name);

/** Which argument of a call that the table has no row for has the flags that let it sleep. */
export const flagsOfSleepingCall = (name: string): number | undefined => byFlags.get(name);
