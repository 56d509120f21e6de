import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** The folder of a version of a Debian package with a kernel's source, unpacked in the cache and kept for the next run. */
export function unpacked(name: string, version: string): string {
  const folder = join(cacheFolder(), version);
  const mark = join(folder, ".unpacked");
  if (existsSync(mark)) return folder;
  process.stderr.write(`unpacking ${name} ${version}\n`);
  const temporary = mkdtempSync(join(tmpdir(), "holdfast-stable-"));
  try {
    run("apt-get", ["download", `${name}=${version}`], temporary);
    run("dpkg-deb", ["-x", only(temporary, ".deb"), "."], temporary);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const archive = only(join(temporary, "usr/src"), ".tar.xz");
    run("tar", ["-xf", archive, "-C", folder, "--strip-components=1"], temporary);
    writeFileSync(mark, "");
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "holdfast/stable");
}

/** The one file with this ending. */
function only(folder: string, ending: string): string {
  const [found, ...others] = readdirSync(folder).filter((each) => each.endsWith(ending));
  if (found === undefined || others.length > 0) throw new Error(`${folder}: not one file ${ending}`);
  return join(folder, found);
}

function run(command: string, words: readonly string[], folder: string): void {
  const { status, stderr, error } = spawnSync(command, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${error?.message ?? stderr.trim()}`);
}
