const MEBIBYTE = 2 ** 20;
/** A table that has grown takes as much again for a while as was kept before: more than this might not end well. */
const SHARE = 0.6;

/** MiB for states where the user names no bound: a share of what the machine, or the container, has. */
export function memoryForStates(): number {
  const machine = process.getBuiltinModule("node:os").totalmem();
  const container = process.constrainedMemory();
  const all = container > 0 ? Math.min(machine, container) : machine;
  return Math.max(1, Math.floor((all / MEBIBYTE) * SHARE));
}
