import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../model/files/system-error.ts";

/** Texts and bytes by the digest of what they were made from. What is damaged counts as absent. */
export interface Store {
  readonly directory: string;
  read(key: string): string | undefined;
  /** A store that cannot be written to is one that forgets. */
  write(key: string, text: string): void;
  readBytes(key: string): Buffer | undefined;
  writeBytes(key: string, bytes: Buffer): void;
  /** The size of an entry in bytes; 0 where there is none. It may be damaged. */
  sizeOf(key: string): number;
  /** Removes the oldest entries but for these, until all take no more than so many bytes. */
  trim(maxBytes: number, kept: ReadonlySet<string>): void;
}

/** Entries a folder, of which there are 256; the older half goes when there are more. */
const MAX_ENTRIES = 256;

/** A store on disk that any number of processes may use at once: entries appear whole or not at all. */
export function openStore(directory: string): Store {
  const pathOf = (key: string) => join(directory, key.slice(0, 2), key.slice(2));
  const writeBytes = (key: string, bytes: Buffer) => orForgotten(() => writeWhole(pathOf(key), bytes));
  return {
    directory,
    read: (key) => readWhole(pathOf(key))?.toString("utf8"),
    write: (key, text) => writeBytes(key, Buffer.from(text)),
    readBytes: (key) => readWhole(pathOf(key)),
    writeBytes,
    sizeOf: (key) => sizeOf(pathOf(key)),
    trim: (maxBytes, kept) => orForgotten(() => trim(directory, maxBytes, kept)),
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return 0;
  }
}

/** A full disk or a folder without permission costs time, not the verdict. */
function orForgotten(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** The key of what is made from these texts; where one ends and the next begins matters. */
export function keyOf(...parts: readonly string[]): string {
  return digest(JSON.stringify(parts));
}

export const digest = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

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

const DIGEST_LENGTH = 64;

function readWhole(path: string): Buffer | undefined {
  try {
    const entry = readFileSync(path);
    const bytes = entry.subarray(DIGEST_LENGTH + 1);
    if (`${digest(bytes)}\n` === entry.toString("latin1", 0, DIGEST_LENGTH + 1)) return bytes;
    rmSync(path);
  } catch (error) {
    // Not there, or not readable.
    if (systemCode(error) === undefined) throw error;
  }
  return undefined;
}

function writeWhole(path: string, bytes: Buffer): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  prune(folder);
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${digest(bytes)}\n`), bytes]), {
      mode: 0o600,
      flag: "wx",
    });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What another process is writing is younger than this, in milliseconds. */
const MAX_WRITING = 3_600_000;

function trim(directory: string, maxBytes: number, kept: ReadonlySet<string>): void {
  if (!existsSync(directory)) return;
  const entries = readdirSync(directory, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const found = statSync(join(directory, name), { throwIfNoEntry: false });
    return found?.isFile() ? [{ name, size: found.size, at: found.mtimeMs }] : [];
  });
  let size = entries.reduce((sum, each) => sum + each.size, 0);
  for (const each of entries.sort((one, other) => one.at - other.at)) {
    const isLeft = each.name.includes(".") && Date.now() - each.at > MAX_WRITING;
    const isOld = size > maxBytes && !kept.has(each.name.replace(/[/\\]/, ""));
    if (!isLeft && !isOld) continue;
    rmSync(join(directory, each.name), { force: true });
    size -= each.size;
  }
}

function prune(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < MAX_ENTRIES) return;
  const age = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = names.map((name) => ({ name, at: age(name) })).sort((one, other) => one.at - other.at);
  for (const { name } of oldest.slice(0, MAX_ENTRIES / 2)) rmSync(join(folder, name), { force: true });
}
