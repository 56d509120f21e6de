import type { Primitive } from "../primitive.ts";
import { sleepingLock, spinningLock } from "./lock.ts";
import { locking, unlocking } from "./row.ts";

const FILE = "include/net/sock.h";
const owned = sleepingLock("socket-lock");
const slock = spinningLock("spinlock", { path: "->sk_lock.slock" });

/** A socket is owned by a task that may sleep; in softirqs, its spinlock is held instead. */
export const socketRows: readonly Primitive[] = [
  locking("lock_sock", FILE, owned),
  locking("lock_sock_nested", FILE, owned),
  unlocking("release_sock", FILE, owned),
  locking("bh_lock_sock", FILE, slock),
  locking("bh_lock_sock_nested", FILE, slock),
  unlocking("bh_unlock_sock", FILE, slock),
];
