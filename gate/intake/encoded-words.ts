const WORD = /=\?([\w-]+)\?([BbQq])\?([^?\s]*)\?=/g;

/** A header as people read it: its encoded words (RFC 2047) decoded; one of an unknown character set stays. */
export function decodeWords(header: string): string {
  // White space between two encoded words is not part of the text.
  const joined = header.replace(/(\?=)\s+(?==\?)/g, "$1");
  return joined.replace(WORD, (whole, charset: string, kind: string, text: string) => {
    const bytes = kind.toUpperCase() === "B" ? Buffer.from(text, "base64") : quotedBytes(text);
    return decoderOf(charset)?.decode(bytes) ?? whole;
  });
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    const isUnknown =
      error instanceof RangeError && "code" in error && error.code === "ERR_ENCODING_NOT_SUPPORTED";
    if (isUnknown) return undefined;
    throw error;
  }
}

function quotedBytes(text: string): Buffer {
  const plain = text.replaceAll("_", " ");
  const latin1 = plain.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(latin1, "latin1");
}
