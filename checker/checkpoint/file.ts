import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../model/input-error.ts";
import type { Snapshot } from "./snapshot.ts";

/** First bytes of the file; the number is that of the format. */
const MAGIC = "holdfast-checkpoint-1\n";
const DIGEST_BYTES = 32;
const CHUNK = 2 ** 24;

const header = z.object({
  identity: z.string(),
  position: z.object({
    levels: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
    next: z.number().int(),
  }),
  transitions: z.number().int(),
  /** Bytes of the parts that follow, in the order of PARTS. */
  bytes: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
});

const partsOf = ({ fired, firstSeen, margins, records }: Snapshot) =>
  [fired, firstSeen, margins, records] as const;

/**
 * Writes beside the file and then puts it in its place, so that a process that is killed meanwhile
 * leaves the checkpoint before intact. The file ends with a digest of all before it.
 */
export function writeCheckpoint(path: string, snapshot: Snapshot): void {
  const temporary = `${path}.part`;
  const file = openSync(temporary, "w");
  const digest = createHash("sha256");
  const put = (bytes: Uint8Array): void => {
    digest.update(bytes);
    for (let at = 0; at < bytes.length; )
      at += writeSync(file, bytes, at, Math.min(CHUNK, bytes.length - at));
  };
  const { identity, position, transitions } = snapshot;
  const parts = partsOf(snapshot).map(bytesOf);
  const text = JSON.stringify({ identity, position, transitions, bytes: parts.map(({ length }) => length) });
  put(new TextEncoder().encode(`${MAGIC}${text}\n`));
  for (const part of parts) put(part);
  writeSync(file, digest.digest());
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}

/**
 * Reads a checkpoint.
 * @throws InputError where there is none, or it is damaged or of another format.
 */
export function readCheckpoint(path: string): Snapshot {
  const bytes = readBytes(path);
  const body = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_BYTES));
  const digest = createHash("sha256").update(body).digest();
  if (!digest.equals(bytes.subarray(body.length))) throw damaged(path, "its digest does not fit");
  const start = body.indexOf("\n", MAGIC.length) + 1;
  if (!body.toString("latin1", 0, MAGIC.length).startsWith(MAGIC) || start === 0) {
    throw damaged(path, `it does not begin with '${MAGIC.trim()}'`);
  }
  const head = header.safeParse(JSON.parse(body.toString("utf8", MAGIC.length, start)));
  if (!head.success) throw damaged(path, z.prettifyError(head.error));
  const { bytes: sizes, ...rest } = head.data;
  const [fired, firstSeen, margins, records] = cut(body.subarray(start), sizes);
  return { ...rest, fired, firstSeen: words(firstSeen), margins, records: words(records) };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(
      `cannot read the checkpoint ${path}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function damaged(path: string, reason: string): InputError {
  return new InputError(`${path} is damaged or no checkpoint: ${reason}`);
}

function bytesOf(part: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

type Sizes = readonly [number, number, number, number];
type Parts = [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function cut(body: Uint8Array, sizes: Sizes): Parts {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return Uint8Array.from(body.subarray(at - size, at));
  }) as Parts;
}

/** The bytes are a copy of their own, and so aligned. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer);
}
