import { isAbsolute } from "node:path";

/** What another program cannot do without; nothing that changes what it does or prints. */
const PASSED = ["LD_LIBRARY_PATH", "TMPDIR"];
const USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * The environment of every program that is run. It stands in the tree that is read: a relative folder in PATH would
 * have it run programs of that tree.
 */
export function childEnvironment(): Record<string, string> {
  const { PATH = USUAL_PATH } = process.env;
  const path = PATH.split(":").filter((folder) => isAbsolute(folder));
  const passed = PASSED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), PATH: path.join(":"), LC_ALL: "C" };
}
