import type { Mode, Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { along, enter, leave, restoreIrq, row, saveIrq, spinAcquire, spinRelease, trying } from "./row.ts";

/** How the plain lock, and its _bh, _irq and _irqsave forms, are called. */
const FORMS: readonly Form[] = [
  { lock: "", unlock: "", before: [], behind: [] },
  { lock: "_bh", unlock: "_bh", before: [enter("bh")], behind: [leave("bh")] },
  { lock: "_irq", unlock: "_irq", before: [enter("irq")], behind: [leave("irq")] },
  { lock: "_irqsave", unlock: "_irqrestore", before: saveIrq(1), behind: restoreIrq(1) },
];

interface Form {
  readonly lock: string;
  readonly unlock: string;
  /** What else happens before the lock is taken, and behind its release. */
  readonly before: readonly Operation[];
  readonly behind: readonly Operation[];
}

const RCU_NODE = "kernel/rcu/rcu.h";

/** The lock of a node of the RCU tree. */
function ofRcuNode({ lock: locking, unlock: unlocking, before, behind }: Form): readonly Primitive[] {
  const take = along("->lock", spinAcquire("spinlock"));
  const drop = along("->lock", spinRelease("spinlock"));
  const [lock, release] = [`raw_spin_lock${locking}_rcu_node`, `raw_spin_unlock${unlocking}_rcu_node`];
  return [
    row(lock, `${RCU_NODE}: ${lock}`, [...before, ...take]),
    row(release, `${RCU_NODE}: ${release}`, [...drop, ...behind]),
  ];
}

interface Spinning {
  /** What the calls are called: PREFIX_lock, PREFIX_unlock. */
  readonly lock: string;
  readonly unlock: string;
  readonly file: string;
  readonly object?: string;
  readonly mode?: Mode;
  readonly operand?: number;
  readonly path?: string;
  readonly trylock?: string;
}

/** The calls of one spinning lock in each of their forms. */
function spinning({ lock, unlock, file, trylock, object = "spinlock", mode, operand, path = "" }: Spinning) {
  const on = (operations: readonly Operation[]) => (path === "" ? operations : along(path, operations));
  const take = on(spinAcquire(object, operand, mode));
  const drop = on(spinRelease(object, operand, mode));
  return FORMS.flatMap(({ lock: taking, unlock: dropping, before, behind }): Primitive[] => {
    const tries =
      trylock === undefined
        ? []
        : [trying(trylock + taking, `${file}: ${trylock}${taking}`, [...before, ...take])];
    return [
      row(lock + taking, `${file}: ${lock}${taking}`, [...before, ...take]),
      row(unlock + dropping, `${file}: ${unlock}${dropping}`, [...drop, ...behind]),
      ...tries,
    ];
  });
}

const nested = (name: string, file: string, ...before: readonly Operation[]): Primitive =>
  row(name, `${file}: ${name}`, [...before, ...spinAcquire("spinlock")]);

const SPIN = "include/linux/spinlock.h";
const RW = "include/linux/rwlock.h";
const SEQ = "include/linux/seqlock.h";
const BIT = "include/linux/bit_spinlock.h";
const XARRAY = "include/linux/xarray.h";
const SOCK = "include/net/sock.h";

/** Raw spinlocks, rwlocks, seqlocks' writers, and locks that are spinlocks under another name. */
export const spinlockFamilyRows: readonly Primitive[] = [
  nested("spin_lock_nest_lock", SPIN),
  nested("spin_lock_irqsave_nested", SPIN, ...saveIrq(1)),
  nested("raw_spin_lock_nested", SPIN),
  nested("raw_spin_lock_irqsave_nested", SPIN, ...saveIrq(1)),
  ...spinning({ lock: "raw_spin_lock", unlock: "raw_spin_unlock", trylock: "raw_spin_trylock", file: SPIN }),
  ...spinning({ lock: "read_lock", unlock: "read_unlock", file: RW, mode: "shared" }),
  ...spinning({ lock: "write_lock", unlock: "write_unlock", file: RW }),
  nested("write_lock_nested", RW),
  trying("read_trylock", `${RW}: read_trylock`, spinAcquire("spinlock", 0, "shared")),
  trying("write_trylock", `${RW}: write_trylock`, spinAcquire("spinlock")),
  ...spinning({ lock: "write_seqlock", unlock: "write_sequnlock", file: SEQ, path: ".lock" }),
  ...spinning({ lock: "read_seqlock_excl", unlock: "read_sequnlock_excl", file: SEQ, path: ".lock" }),
  ...FORMS.filter(({ lock }) => lock !== "_bh").flatMap(ofRcuNode),
  // Whether they hold the lock is told by the sequence count: odd where they do.
  row("read_seqbegin_or_lock", `${SEQ}: read_seqbegin_or_lock`, []),
  row("need_seqretry", `${SEQ}: need_seqretry`, [], "any"),
  row("done_seqretry", `${SEQ}: done_seqretry`, []),
  row("bit_spin_lock", `${BIT}: bit_spin_lock`, spinAcquire("bit-lock", 1)),
  row("bit_spin_unlock", `${BIT}: bit_spin_unlock`, spinRelease("bit-lock", 1)),
  trying("bit_spin_trylock", `${BIT}: bit_spin_trylock`, spinAcquire("bit-lock", 1)),
  row("hlist_bl_lock", "include/linux/list_bl.h: hlist_bl_lock", spinAcquire("bit-lock")),
  row("hlist_bl_unlock", "include/linux/list_bl.h: hlist_bl_unlock", spinRelease("bit-lock")),
  ...spinning({ lock: "xa_lock", unlock: "xa_unlock", file: XARRAY, path: ".xa_lock" }).filter(
    ({ name }) => !name.endsWith("_nested"),
  ),
  ...spinning({ lock: "xas_lock", unlock: "xas_unlock", file: XARRAY, path: ".xa_lock" }),
  trying("xa_trylock", `${XARRAY}: xa_trylock`, along(".xa_lock", spinAcquire("spinlock"))),
  row("task_lock", "include/linux/sched/task.h: task_lock", along("->alloc_lock", spinAcquire("spinlock"))),
  row(
    "task_unlock",
    "include/linux/sched/task.h: task_unlock",
    along("->alloc_lock", spinRelease("spinlock")),
  ),
  row("bh_lock_sock", `${SOCK}: bh_lock_sock`, along("->sk_lock.slock", spinAcquire("spinlock"))),
  row(
    "bh_lock_sock_nested",
    `${SOCK}: bh_lock_sock_nested`,
    along("->sk_lock.slock", spinAcquire("spinlock")),
  ),
  row("bh_unlock_sock", `${SOCK}: bh_unlock_sock`, along("->sk_lock.slock", spinRelease("spinlock"))),
  trying("atomic_dec_and_lock", `${SPIN}: atomic_dec_and_lock`, spinAcquire("spinlock", 1)),
  trying("atomic_dec_and_lock_irqsave", `${SPIN}: atomic_dec_and_lock_irqsave`, [
    ...saveIrq(2),
    ...spinAcquire("spinlock", 1),
  ]),
  trying(
    "refcount_dec_and_lock",
    "include/linux/refcount.h: refcount_dec_and_lock",
    spinAcquire("spinlock", 1),
  ),
  trying("refcount_dec_and_lock_irqsave", "include/linux/refcount.h: refcount_dec_and_lock_irqsave", [
    ...saveIrq(2),
    ...spinAcquire("spinlock", 1),
  ]),
];
