import { statSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { InputError } from "../../model/input-error.ts";
import { openStore, type Store } from "../../tree/cache/store.ts";
import { makeFolder } from "./make-folder.ts";

/** Changes with the layout of what is stored. */
const LAYOUT = "gate-1";

/**
 * Where judgements are remembered: as the user says, or HOLDFAST_CACHE, empty for nowhere; else in the user's
 * cache folder.
 *
 * @throws InputError where the user names a place that cannot be one.
 */
export function openCache(wanted: string | false | undefined): Store | undefined {
  const chosen = wanted ?? process.env["HOLDFAST_CACHE"];
  if (chosen === false || chosen === "") return undefined;
  const directory = join(chosen ?? usualPlace(), LAYOUT);
  try {
    makeFolder(directory);
  } catch (error) {
    if (chosen === undefined) return undefined;
    throw new InputError(`--cache ${chosen}: ${error instanceof Error ? error.message : String(error)}`);
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
