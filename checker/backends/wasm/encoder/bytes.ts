/** Bytes of a module, nested as they are put together. */
export type Bytes = readonly (number | Bytes)[];

export function flatten(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const flat: number[] = [];
  const visit = (part: Bytes): void => {
    for (const each of part) {
      if (typeof each === "number") flat.push(each);
      else visit(each);
    }
  };
  visit(bytes);
  return Uint8Array.from(flat);
}

/** LEB128 of a number that is not negative. */
export function unsigned(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest >= 0x80;
    bytes.push((rest % 0x80) | (more ? 0x80 : 0));
    rest = Math.floor(rest / 0x80);
  } while (rest > 0);
  return bytes;
}

/** LEB128 of a signed number. */
export function signed(value: bigint): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

export function vector(items: readonly Bytes[]): Bytes {
  return [unsigned(items.length), ...items];
}

export function name(text: string): Bytes {
  const bytes = [...new TextEncoder().encode(text)];
  return [unsigned(bytes.length), bytes];
}
