import { readFileSync, readlinkSync } from "node:fs";
import { systemCode } from "./system-error.ts";

/** Process ids mean something within one boot and one process namespace alone. */
const PLACE = place();

/** What a name carries to tell which process it belongs to. */
export const OWNER = `${PLACE}-${process.pid}`;

/** Whether the owner that a name carries has ended. One of another machine or container may well run. */
export function isAbandoned(name: string): boolean {
  const [, at, pid] = /([0-9a-z.]+)-(\d+)/.exec(name) ?? [];
  return at === PLACE && !isRunning(Number(pid));
}

/** No system has ids as large as that. */
const MAX_PID = 2 ** 31 - 1;

function isRunning(pid: number): boolean {
  if (pid > MAX_PID) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return code !== "ESRCH";
  }
}

function place(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
    return `${boot}.${readlinkSync("/proc/self/ns/pid").replace(/\D/g, "")}`;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "here";
  }
}
