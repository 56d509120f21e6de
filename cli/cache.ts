import { existsSync, mkdirSync, statSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { systemCode, systemMessage } from "../model/files/system-error.ts";
import { InputError } from "../model/input-error.ts";
import { openStore, type Store } from "../tree/cache/store.ts";

/** What is kept; each name changes with the layout of its entries. */
const LAYOUTS = { judgements: "gate-1", index: "index-1", results: "check-1" };

/**
 * Where something is remembered: as the user says, or HOLDFAST_CACHE, empty for nowhere; else in the user's
 * cache folder.
 *
 * @throws InputError where the user names a place that cannot be one.
 */
export function openCache(what: keyof typeof LAYOUTS, wanted: string | false | undefined): Store | undefined {
  const chosen = wanted ?? process.env["HOLDFAST_CACHE"];
  if (chosen === false || chosen === "") return undefined;
  const directory = join(chosen ?? usualPlace(), LAYOUTS[what]);
  try {
    makeFolder(directory);
  } catch (error) {
    const refusal = systemMessage(error);
    if (chosen === undefined) return undefined;
    throw new InputError(`--cache ${chosen}: ${refusal}`);
  }
  return isOurs(directory) ? openStore(directory) : undefined;
}

function usualPlace(): string {
  const { XDG_CACHE_HOME: cache = "" } = process.env;
  if (isAbsolute(cache)) return join(cache, "holdfast");
  const home = homedir();
  return isAbsolute(home) && home !== "/"
    ? join(home, ".cache", "holdfast")
    : join(tmpdir(), `holdfast-${userInfo().uid}`);
}

/** What somebody else may write to is not believed: it could call anything fine. */
function isOurs(directory: string): boolean {
  const { uid, mode } = statSync(directory);
  const isShared = (mode & 0o022) !== 0;
  return !isShared && (process.getuid === undefined || uid === process.getuid());
}

/**
 * Makes a folder of the user's own and those above it. Node 20's recursive mkdir never ends where a folder above can
 * not be made, as in /proc.
 *
 * @throws Error of the file system.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (systemCode(error) !== "EEXIST") throw error;
  }
}
