import { isOutOfMemory } from "./out-of-memory.ts";

const WORD = 4;
const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** Words beyond which growing by copying costs more than pages of their own. */
const LARGE = 2 ** 19;

/**
 * Words that grow: a few by copying, many in pages that are added behind those in use, where nothing is
 * copied and only what is written to takes up memory. Such pages need much address space: where that is
 * short, many are copied too. Throws a RangeError where memory ends.
 */
export class GrowingWords {
  /** All words there is room for; another array after each growth. */
  words: Uint32Array;
  private memory: WebAssembly.Memory | undefined;

  constructor(length: number) {
    this.words = new Uint32Array(length);
  }

  /** Makes room for so many words. */
  grow(length: number): void {
    const pages = Math.ceil((length * WORD) / PAGE);
    if (this.memory) {
      this.memory.grow(pages - this.memory.buffer.byteLength / PAGE);
      this.words = new Uint32Array(this.memory.buffer);
      return;
    }
    if (length >= LARGE) this.memory = memoryOf(pages);
    const words = this.memory ? new Uint32Array(this.memory.buffer) : new Uint32Array(length);
    words.set(this.words);
    this.words = words;
  }
}

/** Undefined where there is no address space for it. */
function memoryOf(initial: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared: false });
  } catch (error) {
    if (isOutOfMemory(error)) return undefined;
    throw error;
  }
}
