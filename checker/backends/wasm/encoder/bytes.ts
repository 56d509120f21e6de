/** Bytes of a module, nested as they are put together. */
export type Bytes = readonly (number | Bytes)[] | Uint8Array;

export function flatten(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const flat: number[] = [];
  append(bytes, flat);
  return new Uint8Array(flat);
}

function append(bytes: Bytes, flat: number[]): void {
  for (let position = 0; position < bytes.length; position++) {
    const each = bytes[position];
    if (typeof each === "number") flat.push(each);
    else if (each !== undefined) append(each, flat);
  }
}

/** Made once: nearly all numbers in a module are as small. */
const SINGLE: readonly Bytes[] = Array.from({ length: 0x80 }, (_, value) => [value]);

/** LEB128 of a number that is not negative. */
export function unsigned(value: number): Bytes {
  const single = SINGLE[value];
  if (single) return single;
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest >= 0x80;
    bytes.push((rest % 0x80) | (more ? 0x80 : 0));
    rest = Math.floor(rest / 0x80);
  } while (rest > 0);
  return bytes;
}

/** LEB128 of a signed number of 32 bits. */
export function signed(value: number): Bytes {
  const single = value >= -0x40 && value < 0x40 ? SINGLE[value & 0x7f] : undefined;
  if (single) return single;
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = rest === ((low & 0x40) === 0 ? 0 : -1);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** LEB128 of a signed number of 64 bits. */
export function signedWide(value: bigint): Bytes {
  if (BigInt.asIntN(32, value) === value) return signed(Number(value));
  const low = Number(value & 0x7fn) | 0x80;
  return [low, signedWide(value >> 7n)];
}

export function vector(items: readonly Bytes[]): Bytes {
  return [unsigned(items.length), ...items];
}

export function name(text: string): Bytes {
  const bytes = [...new TextEncoder().encode(text)];
  return [unsigned(bytes.length), bytes];
}
