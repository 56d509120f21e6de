const COUNTED: ReadonlySet<string> = new Set(["semaphore", "sdio-host", "mmc-host", "ww-mutex"]);

/**
 * Whether a lock of this class may be taken again by who has it: a semaphore counts, and another task may give it
 * back (kernel/locking/semaphore.c: up); who claimed a host may claim it again (drivers/mmc/core/core.c:
 * mmc_ctx_matches); who has a wound/wait mutex is told so, and goes on (kernel/locking/mutex.c: __mutex_lock_common).
 */
export const isCounted = (object: string): boolean => COUNTED.has(object);

const QUEUING: ReadonlySet<string> = new Set(["rwsem", "percpu-rwsem", "sb-writers", "mount-write"]);

/**
 * Whether a reader waits behind writers that wait: to read once more deadlocks with one (kernel/locking/rwsem.c:
 * rwsem_down_read_slowpath, kernel/locking/percpu-rwsem.c: __percpu_down_read). mmap_lock is left out: a flag tells
 * whether a callee has released it (mm/gup.c: __get_user_pages_locked).
 */
export const doReadersQueue = (object: string): boolean => QUEUING.has(object);

/** Whether another task may give back what one has taken, without knowing of it (kernel/locking/semaphore.c: up). */
export const isOwnerless = (object: string): boolean => object === "semaphore";
