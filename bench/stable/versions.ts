import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { unpacked } from "./unpack.ts";

/** The package whose versions are compared. */
export const PACKAGE = "linux-source-6.12";

/** Two versions of a kernel tree, as folders, with what people call them. */
export interface Version {
  readonly name: string;
  readonly folder: string;
}

/** What `apt-cache madison` lists, oldest first. */
export function versionsIn(madison: string): readonly string[] {
  const versions = madison.split("\n").flatMap((line) => line.split("|")[1]?.trim() || []);
  return [...new Set(versions)].sort(compareVersions);
}

/** By numbers where both have some, else by letters; `~` comes before all else, as dpkg has it. */
function compareVersions(one: string, other: string): number {
  const [parts, others] = [one, other].map((each) => each.split(/(\d+)/));
  for (const [at, part = ""] of (parts ?? []).entries()) {
    const found = at % 2 === 1 ? Number(part) - Number(others?.[at] ?? 0) : byText(part, others?.[at] ?? "");
    if (found !== 0) return found;
  }
  return (parts?.length ?? 0) - (others?.length ?? 0);
}

function byText(one: string, other: string): number {
  if (one === other) return 0;
  const [first, second] = [one.startsWith("~"), other.startsWith("~")];
  if (first !== second) return first ? -1 : 1;
  return one < other ? -1 : 1;
}

/** The oldest and the newest version that apt offers, or those that are named, each a folder or a version. */
export function versionPair(
  old: string | undefined,
  latest: string | undefined,
): readonly [Version, Version] {
  const offered = old && latest ? [] : versionsIn(madison());
  return [versionOf(old ?? offered[0]), versionOf(latest ?? offered.at(-1))];
}

function versionOf(name: string | undefined): Version {
  if (name === undefined) throw new Error(`apt offers no ${PACKAGE}: say --old and --new`);
  if (existsSync(name)) return { name, folder: resolve(name) };
  return { name, folder: unpacked(PACKAGE, name) };
}

function madison(): string {
  return spawnSync("apt-cache", ["madison", PACKAGE], { encoding: "utf8" }).stdout ?? "";
}
