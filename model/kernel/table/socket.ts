import type { Primitive } from "../primitive.ts";
import { sleepingLock, spinningLock } from "./lock.ts";
import { adverse, locking, ordinary, outcomes, unlocking } from "./row.ts";

const FILE = "include/net/sock.h";
const TCP = "net/ipv4/tcp_ipv4.c";
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
  // Where it drops the packet, it has released the socket.
  outcomes(
    "tcp_add_backlog",
    TCP,
    ordinary("queued", "zero", []),
    adverse("dropped", "positive", slock.drop),
  ),
];
