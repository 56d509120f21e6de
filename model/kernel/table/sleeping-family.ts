import type { Mode, Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import {
  acquire,
  adverse,
  along,
  global,
  killable,
  maySleep,
  ordinary,
  outcomes,
  release,
  row,
  trying,
} from "./row.ts";

const FS = "include/linux/fs.h";
const RMAP = "include/linux/rmap.h";
const HUGETLB = "include/linux/hugetlb.h";

type Way = (operations: readonly Operation[]) => readonly Operation[];

const sleeping = (name: string, file: string, object: string, mode: Mode, way: Way): Primitive =>
  row(name, `${file}: ${name}`, [maySleep, ...way([acquire(object, 0, mode)])]);

const ending = (name: string, file: string, object: string, mode: Mode, way: Way): Primitive =>
  row(name, `${file}: ${name}`, way([release(object, 0, mode)]));

const inode: Way = (operations) => along("->i_rwsem", operations);
const mapping: Way = (operations) => along("->i_mmap_rwsem", operations);
const invalidate: Way = (operations) => along("->invalidate_lock", operations);
const anonRoot: Way = (operations) => along("->root->rwsem", operations);
const plain: Way = (operations) => operations;
const shared = (object: string, way: Way) => way([acquire(object, 0, "shared")]);
const exclusive = (object: string, way: Way) => way([acquire(object)]);

/** Rwsems under a name of their own. */
const rwsemNames: readonly Primitive[] = [
  sleeping("inode_lock", FS, "rwsem", "exclusive", inode),
  sleeping("inode_lock_nested", FS, "rwsem", "exclusive", inode),
  sleeping("inode_lock_shared", FS, "rwsem", "shared", inode),
  trying("inode_trylock", `${FS}: inode_trylock`, exclusive("rwsem", inode)),
  trying("inode_trylock_shared", `${FS}: inode_trylock_shared`, shared("rwsem", inode)),
  ending("inode_unlock", FS, "rwsem", "exclusive", inode),
  ending("inode_unlock_shared", FS, "rwsem", "shared", inode),
  sleeping("i_mmap_lock_write", FS, "rwsem", "exclusive", mapping),
  sleeping("i_mmap_lock_read", FS, "rwsem", "shared", mapping),
  trying("i_mmap_trylock_write", `${FS}: i_mmap_trylock_write`, exclusive("rwsem", mapping)),
  trying("i_mmap_trylock_read", `${FS}: i_mmap_trylock_read`, shared("rwsem", mapping)),
  ending("i_mmap_unlock_write", FS, "rwsem", "exclusive", mapping),
  ending("i_mmap_unlock_read", FS, "rwsem", "shared", mapping),
  sleeping("filemap_invalidate_lock", FS, "rwsem", "exclusive", invalidate),
  sleeping("filemap_invalidate_lock_shared", FS, "rwsem", "shared", invalidate),
  trying(
    "filemap_invalidate_trylock_shared",
    `${FS}: filemap_invalidate_trylock_shared`,
    shared("rwsem", invalidate),
  ),
  ending("filemap_invalidate_unlock", FS, "rwsem", "exclusive", invalidate),
  ending("filemap_invalidate_unlock_shared", FS, "rwsem", "shared", invalidate),
  sleeping("anon_vma_lock_write", RMAP, "rwsem", "exclusive", anonRoot),
  sleeping("anon_vma_lock_read", RMAP, "rwsem", "shared", anonRoot),
  trying("anon_vma_trylock_write", `${RMAP}: anon_vma_trylock_write`, exclusive("rwsem", anonRoot)),
  trying("anon_vma_trylock_read", `${RMAP}: anon_vma_trylock_read`, shared("rwsem", anonRoot)),
  ending("anon_vma_unlock_write", RMAP, "rwsem", "exclusive", anonRoot),
  ending("anon_vma_unlock_read", RMAP, "rwsem", "shared", anonRoot),
  sleeping("hugetlb_vma_lock_read", HUGETLB, "hugetlb-vma-lock", "shared", plain),
  sleeping("hugetlb_vma_lock_write", HUGETLB, "hugetlb-vma-lock", "exclusive", plain),
  trying(
    "hugetlb_vma_trylock_write",
    `${HUGETLB}: hugetlb_vma_trylock_write`,
    exclusive("hugetlb-vma-lock", plain),
  ),
  ending("hugetlb_vma_unlock_read", HUGETLB, "hugetlb-vma-lock", "shared", plain),
  ending("hugetlb_vma_unlock_write", HUGETLB, "hugetlb-vma-lock", "exclusive", plain),
];

const RWSEM = "include/linux/rwsem.h";
const PERCPU = "include/linux/percpu-rwsem.h";
const SEMAPHORE = "include/linux/semaphore.h";

/** Forms of the mutex, the rwsem and their kin beside the common ones. */
const otherForms: readonly Primitive[] = [
  sleeping("down_read_nested", RWSEM, "rwsem", "shared", plain),
  sleeping("down_write_nested", RWSEM, "rwsem", "exclusive", plain),
  sleeping("down_write_nest_lock", RWSEM, "rwsem", "exclusive", plain),
  killable("down_read_interruptible", `${RWSEM}: down_read_interruptible`, shared("rwsem", plain)),
  sleeping("mutex_lock_io", "include/linux/mutex.h", "mutex", "exclusive", plain),
  killable(
    "mutex_lock_killable_nested",
    "include/linux/mutex.h: mutex_lock_killable_nested",
    exclusive("mutex", plain),
  ),
  trying("atomic_dec_and_mutex_lock", "include/linux/mutex.h: atomic_dec_and_mutex_lock", [
    acquire("mutex", 1),
  ]),
  sleeping("rt_mutex_lock", "include/linux/rtmutex.h", "mutex", "exclusive", plain),
  ending("rt_mutex_unlock", "include/linux/rtmutex.h", "mutex", "exclusive", plain),
  sleeping("percpu_down_read", PERCPU, "percpu-rwsem", "shared", plain),
  sleeping("percpu_down_write", PERCPU, "percpu-rwsem", "exclusive", plain),
  trying("percpu_down_read_trylock", `${PERCPU}: percpu_down_read_trylock`, shared("percpu-rwsem", plain)),
  ending("percpu_up_read", PERCPU, "percpu-rwsem", "shared", plain),
  ending("percpu_up_write", PERCPU, "percpu-rwsem", "exclusive", plain),
  row("down", `${SEMAPHORE}: down`, [maySleep]),
  row("down_interruptible", `${SEMAPHORE}: down_interruptible`, [maySleep], "any"),
  row("down_killable", `${SEMAPHORE}: down_killable`, [maySleep], "any"),
  row("down_timeout", `${SEMAPHORE}: down_timeout`, [maySleep], "any"),
  sleeping("mmap_write_lock_nested", "include/linux/mmap_lock.h", "mmap_lock", "exclusive", plain),
  sleeping("lock_sock", "include/net/sock.h", "socket-lock", "exclusive", plain),
  sleeping("lock_sock_nested", "include/net/sock.h", "socket-lock", "exclusive", plain),
  ending("release_sock", "include/net/sock.h", "socket-lock", "exclusive", plain),
  sleeping("device_lock", "include/linux/device.h", "mutex", "exclusive", plain),
  ending("device_unlock", "include/linux/device.h", "mutex", "exclusive", plain),
  outcomes(
    "expand_stack",
    "include/linux/mm.h: expand_stack",
    ordinary("expanded", "pointer", []),
    adverse("fails", "null", [release("mmap_lock", 0, "shared")]),
  ),
  outcomes(
    "userfaultfd_remove",
    "include/linux/userfaultfd_k.h: userfaultfd_remove",
    ordinary("nobody listens", "nonzero", []),
    adverse("lock dropped", "zero", along("->vm_mm", [release("mmap_lock", 0, "shared")])),
  ),
  row("vma_end_read", "include/linux/mm.h: vma_end_read", [release("vma-lock", 0, "shared")]),
  trying("vma_start_read", "include/linux/mm.h: vma_start_read", [acquire("vma-lock", 0, "shared")]),
];

const one =
  (path: string): Way =>
  (operations) =>
    global(path, operations);

/** Locks that are one for the whole kernel. */
const globals: readonly Primitive[] = [
  sleeping("cpus_read_lock", "include/linux/cpuhplock.h", "percpu-rwsem", "shared", one("cpu_hotplug_lock")),
  ending("cpus_read_unlock", "include/linux/cpuhplock.h", "percpu-rwsem", "shared", one("cpu_hotplug_lock")),
  sleeping(
    "cpus_write_lock",
    "include/linux/cpuhplock.h",
    "percpu-rwsem",
    "exclusive",
    one("cpu_hotplug_lock"),
  ),
  ending(
    "cpus_write_unlock",
    "include/linux/cpuhplock.h",
    "percpu-rwsem",
    "exclusive",
    one("cpu_hotplug_lock"),
  ),
  sleeping("rtnl_lock", "include/linux/rtnetlink.h", "mutex", "exclusive", one("rtnl_mutex")),
  trying("rtnl_trylock", "include/linux/rtnetlink.h: rtnl_trylock", global("rtnl_mutex", [acquire("mutex")])),
  ending("__rtnl_unlock", "include/linux/rtnetlink.h", "mutex", "exclusive", one("rtnl_mutex")),
  ending("rtnl_unlock", "include/linux/rtnetlink.h", "mutex", "exclusive", one("rtnl_mutex")),
  sleeping("cgroup_lock", "include/linux/cgroup.h", "mutex", "exclusive", one("cgroup_mutex")),
  ending("cgroup_unlock", "include/linux/cgroup.h", "mutex", "exclusive", one("cgroup_mutex")),
  sleeping("console_lock", "include/linux/console.h", "semaphore", "exclusive", one("console_sem")),
  trying(
    "console_trylock",
    "include/linux/console.h: console_trylock",
    global("console_sem", [acquire("semaphore")]),
  ),
  ending("console_unlock", "include/linux/console.h", "semaphore", "exclusive", one("console_sem")),
  sleeping("lock_device_hotplug", "include/linux/device.h", "mutex", "exclusive", one("device_hotplug_lock")),
  ending("unlock_device_hotplug", "include/linux/device.h", "mutex", "exclusive", one("device_hotplug_lock")),
];

export const sleepingFamilyRows: readonly Primitive[] = [...rwsemNames, ...otherForms, ...globals];
