import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../model/files/system-error.ts";

/** Texts by the digest of what they were made from. One that is damaged counts as absent. */
export interface Store {
  read(key: string): string | undefined;
  /** A store that cannot be written to is one that forgets. */
  write(key: string, text: string): void;
}

/** Entries a folder, of which there are 256; the older half goes when there are more. */
const MAX_ENTRIES = 256;

/** A store on disk that any number of processes may use at once: entries appear whole or not at all. */
export function openStore(directory: string): Store {
  const pathOf = (key: string) => join(directory, key.slice(0, 2), key.slice(2));
  return {
    read: (key) => readWhole(pathOf(key)),
    write: (key, text) => {
      try {
        writeWhole(pathOf(key), text);
      } catch (error) {
        // A full disk or a folder without permission costs time, not the verdict.
        if (systemCode(error) === undefined) throw error;
      }
    },
  };
}

/** The key of what is made from these texts; where one ends and the next begins matters. */
export function keyOf(...parts: readonly string[]): string {
  return digest(JSON.stringify(parts));
}

export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** How what is made is kept as text. */
export interface Form<Made> {
  read(text: string): Made;
  /** Undefined for what is not worth to be kept. */
  write(made: Made): string | undefined;
}

/** What the store has under the key; where it has nothing, it is made, and kept. */
export async function remembered<Made>(
  store: Store | undefined,
  key: string,
  make: () => Promise<Made>,
  { read, write }: Form<Made> = { read: JSON.parse, write: JSON.stringify },
): Promise<Made> {
  const known = store?.read(key);
  if (known !== undefined) return read(known);
  const made = await make();
  const text = write(made);
  if (text !== undefined) store?.write(key, text);
  return made;
}

function readWhole(path: string): string | undefined {
  try {
    const entry = readFileSync(path, "utf8");
    const end = entry.indexOf("\n");
    const text = entry.slice(end + 1);
    if (end >= 0 && digest(text) === entry.slice(0, end)) return text;
    rmSync(path);
  } catch (error) {
    // Not there, or not readable.
    if (systemCode(error) === undefined) throw error;
  }
  return undefined;
}

function writeWhole(path: string, text: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  prune(folder);
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, `${digest(text)}\n${text}`, { mode: 0o600, flag: "wx" });
  renameSync(temporary, path);
}

function prune(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < MAX_ENTRIES) return;
  const age = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = names.map((name) => ({ name, at: age(name) })).sort((one, other) => one.at - other.at);
  for (const { name } of oldest.slice(0, MAX_ENTRIES / 2)) rmSync(join(folder, name), { force: true });
}
