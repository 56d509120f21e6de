import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { z } from "zod";
import { refuseUnwritable as refuse, replaceFile } from "../../model/files/replace-file.ts";
import { systemMessage } from "../../model/files/system-error.ts";
import { InputError } from "../../model/input-error.ts";
import { parseJson } from "../../model/parse-json.ts";
import type { Snapshot } from "./snapshot.ts";

/** First bytes of the file; the number is that of the format. */
const MAGIC = "holdfast-checkpoint-1\n";
const DIGEST_BYTES = 32;
/** Bytes written, read or digested at once: not all of these can be done to more than 2 GiB. */
const CHUNK = 2 ** 24;
const LONGEST_HEAD = 2 ** 26;
const NEWLINE = 0x0a;

const size = z.number().int().nonnegative();
const header = z.object({
  identity: z.string(),
  position: z.object({
    levels: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
    next: z.number().int(),
  }),
  transitions: z.number().int(),
  /** Bytes of the parts that follow, in the order of PARTS. */
  bytes: z.tuple([size, size, size, size]),
});

const partsOf = ({ fired, firstSeen, margins, records }: Snapshot) =>
  [fired, firstSeen, margins, records] as const;

/**
 * Puts the checkpoint in the place of the one before. The file ends with a digest of all before it.
 * @throws InputError where it cannot be written; the one before is then still there.
 */
export function writeCheckpoint(path: string, snapshot: Snapshot): void {
  const digest = createHash("sha256");
  const { identity, position, transitions } = snapshot;
  const parts = partsOf(snapshot).map(bytesOf);
  const text = JSON.stringify({ identity, position, transitions, bytes: parts.map(({ length }) => length) });
  replaceFile(path, (file) => {
    for (const part of [new TextEncoder().encode(`${MAGIC}${text}\n`), ...parts]) {
      for (const chunk of chunksOf(part)) {
        digest.update(chunk);
        writeAll(file, chunk);
      }
    }
    writeAll(file, digest.digest());
  });
}

/** @throws InputError where a checkpoint could not be written there: it is no file but a folder or a device. */
export function refuseUnwritable(path: string): void {
  if (path === "" || statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    throw new InputError(`cannot write the checkpoint ${path}: it is no file`);
  }
  refuse(path);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/**
 * Reads a checkpoint, however large: no part of it is read as a whole.
 * @throws InputError where there is none, or it is damaged or of another format.
 */
export function readCheckpoint(path: string): Snapshot {
  const file = openToRead(path);
  try {
    return readFrom(file, path);
  } finally {
    closeSync(file);
  }
}

function readFrom(file: number, path: string): Snapshot {
  const { text, head } = headOf(file, path);
  const digest = createHash("sha256").update(text);
  const { bytes: sizes, ...rest } = head;
  const size = sizes.reduce((sum, each) => sum + each, text.length + DIGEST_BYTES);
  if (fstatSync(file).size !== size) throw damaged(path, `it does not have ${size} bytes`);
  let at = text.length;
  const [fired, firstSeen, margins, records] = sizes.map((length) => {
    const part = new Uint8Array(length);
    for (const chunk of chunksOf(part)) {
      at += fill(chunk, file, at);
      digest.update(chunk);
    }
    return part;
  }) as Parts;
  const kept = new Uint8Array(DIGEST_BYTES);
  fill(kept, file, at);
  if (!digest.digest().equals(kept)) throw damaged(path, "its digest does not fit");
  return { ...rest, fired, firstSeen: words(firstSeen), margins, records: words(records) };
}

/** The first line of the file, and what the second, which is the head, says. */
function headOf(file: number, path: string) {
  const start = new Uint8Array(Math.min(LONGEST_HEAD, fstatSync(file).size));
  fill(start, file, 0);
  const end = start.indexOf(NEWLINE, MAGIC.length) + 1;
  const text = start.subarray(0, end);
  const lines = new TextDecoder().decode(text);
  if (!lines.startsWith(MAGIC)) throw damaged(path, `it does not begin with '${MAGIC.trim()}'`);
  const json = parseJson(lines.slice(MAGIC.length));
  if (json.kind === "no JSON") throw damaged(path, json.reason);
  const head = header.safeParse(json.value);
  if (!head.success) throw damaged(path, z.prettifyError(head.error));
  return { text, head: head.data };
}

function openToRead(path: string): number {
  const unreadable = (reason: string) => new InputError(`cannot read the checkpoint ${path}: ${reason}`);
  try {
    if (!statSync(path).isFile()) throw unreadable("it is no file");
    return openSync(path, "r");
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(systemMessage(error));
  }
}

function damaged(path: string, reason: string): InputError {
  return new InputError(`${path} is damaged or no checkpoint: ${reason}`);
}

/** Reads until the bytes are full or the file ends; how many that were. */
function fill(bytes: Uint8Array, file: number, position: number): number {
  let at = 0;
  for (let read = -1; at < bytes.length && read !== 0; at += read) {
    read = readSync(file, bytes, at, bytes.length - at, position + at);
  }
  return at;
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function bytesOf(part: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

type Parts = [Uint8Array<ArrayBuffer>, Uint8Array, Uint8Array, Uint8Array<ArrayBuffer>];

/** The bytes have memory of their own, and so are aligned. */
function words({ buffer }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer);
}
